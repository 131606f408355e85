import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Fixture } from '../../../src/common/api.ts';
import { parseFixture } from '../../../src/lab/parseFixture.ts';
import type { RunPart, RunRequest } from '../../../src/providers/provider.ts';
import { assistant, user } from '../../unit/lab/support.ts';
import { sleep } from '../sleep.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { projectRoot } from '../vscode/projectRoot.ts';
import { openLabPage, type LabHost } from './labHost.ts';
import { photograph } from './photograph.ts';

/** A conversation of two questions. */
export const chat = [
	user('What is p?'),
	assistant('It is a chance.', 'Simple.'),
	user('Of what?'),
	assistant('Of chance alone.'),
];

export async function bundledFixture(name: string): Promise<Fixture> {
	return parseFixture(await readFile(join(projectRoot, 'fixtures/lab', `${name}.fixture.json`)), `bundled/${name}`);
}

/** A stream of thinking, then of an answer, word by word. */
export async function* slowly(request: RunRequest, words: number, every: number): AsyncGenerator<RunPart> {
	for (const type of ['thinking', 'text'] as const) {
		for (let word = 0; word < words; word++) {
			if (request.signal.aborted) {
				yield { type: 'done', stopReason: 'cancelled' };
				return;
			}
			yield { type, id: type, text: word % 40 === 39 ? `${type}${word}.\n\n` : `${type}${word} ` };
			await sleep(every, 'the rhythm of the stream');
		}
	}
	yield { type: 'usage', inputTokens: 900, outputTokens: words * 2, thinkingTokens: words };
	yield { type: 'done', stopReason: 'stop' };
}

/** The conversation at `index`, from 0. */
export function column(page: Page, index: number): Locator {
	return page.locator('.column').nth(index);
}

/**
 * Opens Lab pages in the suite that calls it, one a test, each closed after it. A page that reported a problem or asked
 * for an address fails its test.
 */
export function labPages(): (options: Parameters<typeof openLabPage>[1]) => Promise<LabHost> {
	let browser: Browser;
	let host: LabHost | undefined;
	before(async () => {
		browser = await launchBrowser();
	});
	after(() => browser.close());
	afterEach(async function () {
		const { page, session, requests, problems } = host ?? {};
		if (this.currentTest?.isFailed() && page) {
			await photograph(page, `failed-lab-${this.currentTest.title}`);
		}
		session?.dispose();
		await page?.context().close();
		host = undefined;
		assert.deepEqual([requests, problems], [[], []]);
	});
	return async (options) => {
		host = await openLabPage(browser, options);
		await host.page.locator('.toolbar').waitFor();
		return host;
	};
}
