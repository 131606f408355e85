// The Prompt Lab as it ships: frames while ten conversations stream, an answer of 10 MB streaming and stored, the time
// until fifty conversations can be used, fixtures of 20 MB from the file to the page, and the list of 10,000 fixtures. A
// number over its budget makes the run fail. The page is the built one outside VS Code, under the same policy, over the
// real session and request handlers.
//   --quick   only what is opened: fifty conversations and the large fixtures
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fixture } from '../../src/common/api.ts';
import { emptyTurn, turnText } from '../../src/common/turn.ts';
import type { LabTake } from '../../src/common/labState.ts';
import { LabRuns } from '../../src/host/lab/labRuns.ts';
import { Fixtures } from '../../src/lab/fixtures.ts';
import { parseFixture } from '../../src/lab/parseFixture.ts';
import type { LabSession } from '../../src/lab/session.ts';
import type { RunPart, RunRequest } from '../../src/providers/provider.ts';
import { until } from '../support/eventually.ts';
import { sleep } from '../support/sleep.ts';
import { launchBrowser } from '../support/vscode/browser.ts';
import { fakeWorkspaceFolder } from '../support/vscode/fakeFolders.ts';
import { openLabPage } from '../support/webview/labHost.ts';
import { reportFigures, watchPage } from '../support/webview/pageFigures.ts';
import { scrollSettled } from '../support/webview/scrollSettled.ts';
import { bundleWebview } from '../support/webview/webviewPage.ts';
import { answer, assistant, conversationFixture, scriptedModels, user } from '../unit/lab/support.ts';

const loadBudget = 1_000;
const listBudget = 2_000;
const megabyte = 1024 * 1024;
const quick = process.argv.includes('--quick');
const noAnswer = scriptedModels(() => answer('x'));

const browser = await launchBrowser();
let failed = false;

/** One line of milliseconds; `budget` absent: told, not judged. */
function report(name: string, milliseconds: number, budget?: number): void {
	const within = budget === undefined || milliseconds <= budget;
	failed ||= !within;
	const bound = budget === undefined ? '' : ` (budget ${budget} ms)`;
	console.log(`${within ? ' ' : '✘'} ${name.padEnd(70)} ${milliseconds.toFixed(0)} ms${bound}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const startedAt = performance.now();
	await work();
	return performance.now() - startedAt;
}

function markdown(length: number): string {
	let text = '';
	for (let index = 0; text.length < length; index++) {
		text += [
			`\n\n## Part ${index}\n\nSome words with *emphasis*, \`code\` and a [link](https://example.org/${index}).`,
			'\n\n- one item of a list\n- another with **weight**\n\n| a | b |\n|---|---|\n| 1 | x |',
			'\n\n```json\n{"index": 1, "list": [1, 2, 3]}\n```',
			'\n\nThe articles agree on this and differ on that, and nobody says when it will be built at scale.',
		][index % 4];
	}
	return text;
}

/** Conversations of `messages` messages; every answer has `length` characters and some thinking. */
function conversations(count: number, messages: number, length: number): Fixture {
	const one = Array.from({ length: messages }, (_, index) =>
		index % 2 === 0 ? user('A question. '.repeat(20)) : assistant(markdown(length), 'A thought. '.repeat(40)),
	);
	return conversationFixture(...Array.from({ length: count }, () => one));
}

/**
 * Streams the text in pieces of five characters, `perSecond` of them a second, after a part that is there at once and once
 * `shown` has come.
 */
async function* stream(
	request: RunRequest,
	options: { before: string; shown: Promise<void>; text: string; perSecond: number },
) {
	const { before, shown, text, perSecond } = options;
	const part = (piece: string): RunPart => ({ type: 'text', id: 'a', text: piece });
	yield { type: 'thinking', id: 't', text: 'A thought. '.repeat(20) } satisfies RunPart;
	if (before !== '') {
		yield part(before);
		await shown;
	}
	const startedAt = performance.now();
	let sent = 0;
	while (sent < text.length && !request.signal.aborted) {
		const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond) * 5;
		for (; sent < Math.min(due, text.length); sent += 5) {
			yield part(text.slice(sent, sent + 5));
		}
		await sleep(15, 'the rhythm of the stream');
	}
	yield { type: 'done', stopReason: 'stop' } satisfies RunPart;
}

async function measureStreams(): Promise<void> {
	for (const [name, before] of [
		['10 columns streaming, 60 tokens/s each, from their start', 0],
		['10 columns streaming, 60 tokens/s each, 64 KB into their answers', 64 * 1024],
	] as const) {
		let show: () => void = () => undefined;
		const shown = new Promise<void>((resolve) => (show = resolve));
		const options = {
			before: markdown(before).slice(0, before),
			shown,
			text: markdown(60 * 5 * 5),
			perSecond: 60,
		};
		const { page, session } = await openLabPage(browser, {
			fixture: conversations(10, 4, 1_000),
			models: scriptedModels((request) => stream(request, options)),
			width: 1_900,
			minify: true,
		});
		await page.getByRole('button', { name: 'Regenerate all 10' }).waitFor();
		const start = () => page.getByRole('button', { name: 'Regenerate all 10' }).click();
		if (before > 0) {
			await start();
			const isSent = ({ steps }: LabTake) => turnText(steps[0]?.turn ?? emptyTurn).length >= before;
			await until(() => session.state.takes.length === 10 && session.state.takes.every(isSent), 'the beginnings');
		}
		await scrollSettled(page, 'main');
		const figures = await watchPage(browser, page, async () => {
			if (before === 0) {
				await start();
			}
			show();
			await sleep(4_000, 'the time that is measured');
		});
		const within = reportFigures(name, figures);
		failed ||= !within;
		session.dispose();
		await page.context().close();
	}
}

/** Streams the text in pieces of 100 characters, about 4 MB a second. */
async function* inPieces(text: string): AsyncGenerator<RunPart> {
	for (let sent = 0; sent < text.length; sent += 100) {
		yield { type: 'text', id: 'a', text: text.slice(sent, sent + 100) };
		if (sent % 40_000 === 0) {
			await sleep(10, 'the rhythm of the stream');
		}
	}
	yield { type: 'done', stopReason: 'stop' };
}

/** Asks the session and not the page, which a search for a button would keep busy. */
function untilComplete(session: LabSession): Promise<void> {
	const isComplete = () => session.state.takes.some(({ steps }) => steps.at(-1)?.status === 'complete');
	return until(isComplete, 'the answer to be complete', 120_000);
}

async function measureLongAnswers(): Promise<void> {
	const long = markdown(10 * megabyte);
	const fixture = conversations(10, 4, 1_000);
	const live = await openLabPage(browser, {
		fixture,
		models: scriptedModels(() => inPieces(long)),
		width: 1_900,
		minify: true,
	});
	const regenerate = live.page.getByRole('button', { name: 'Regenerate', exact: true }).first();
	await regenerate.waitFor();
	await scrollSettled(live.page, 'main');
	const streamed = await watchPage(browser, live.page, async () => {
		await regenerate.click();
		await untilComplete(live.session);
		await sleep(1_500, 'what follows the end is measured too');
	});
	failed = !reportFigures('10 MB of answer streamed into one of 10 columns, 100,000 deltas', streamed) || failed;
	live.session.dispose();
	await live.page.context().close();

	const stored = await openLabPage(browser, {
		fixture,
		models: scriptedModels(() => answer(long, long)),
		width: 1_900,
		minify: true,
	});
	await stored.page.locator('.column .answer .markdown-part').first().waitFor();
	stored.hidden = true;
	await stored.session.regenerate('0/0');
	await untilComplete(stored.session);
	stored.hidden = false;
	await scrollSettled(stored.page, 'main');
	const opened = await watchPage(browser, stored.page, async () => {
		// The page finds that it has missed something, and asks for everything.
		stored.session.configure({ maxTokens: 2_000 });
		await stored.page.waitForSelector('.step .note');
		await sleep(1_500, 'what follows the first view is measured too');
	});
	failed = !reportFigures('10 MB of thinking and 10 MB of answer, stored: opened', opened) || failed;
	stored.session.dispose();
	await stored.page.context().close();
}

/** By the page's own clock: from its reload until an answer can be read and a button pressed; the middle of five. */
async function timeUntilUsable(fixture: Fixture, times: number): Promise<number> {
	const { page, session } = await openLabPage(browser, { fixture, models: noAnswer, width: 1_400, minify: true });
	await page.addInitScript(() => {
		const usable = ['.column .answer .markdown-part', '.column-actions .button'];
		const look = () => {
			if (usable.every((selector) => document.querySelector(selector))) {
				Object.assign(window, { usableAfter: performance.now() });
			} else {
				requestAnimationFrame(look);
			}
		};
		requestAnimationFrame(look);
	});
	const measured: number[] = [];
	for (let index = 0; index < times; index++) {
		await page.reload({ waitUntil: 'commit' });
		await page.waitForFunction(() => 'usableAfter' in window, undefined, { timeout: 120_000 });
		measured.push(await page.evaluate(() => (window as unknown as { usableAfter: number }).usableAfter));
	}
	await page.getByRole('button', { name: 'Regenerate', exact: true }).first().click({ trial: true });
	session.dispose();
	await page.context().close();
	return measured.sort((x, y) => x - y)[Math.floor(times / 2)] ?? 0;
}

function shortMessages(count: number, messages: number): Fixture {
	const said = 'A few words, no more. '.repeat(3);
	const one = Array.from({ length: messages }, (_, index) => (index % 2 === 0 ? user(said) : assistant(said)));
	return conversationFixture(...Array.from({ length: count }, () => one));
}

/** From the bytes of a file to a page that can be used: what the host does first, then the page. */
async function measureHuge(name: string, fixture: Fixture): Promise<void> {
	const bytes = new TextEncoder().encode(JSON.stringify(fixture));
	const folder = await mkdtemp(join(tmpdir(), 'lab-bench-'));
	try {
		let parsed = fixture;
		const read = await timed(async () => (parsed = parseFixture(bytes, 'huge')));
		const kept = await timed(() => new LabRuns(join(folder, 'lab-runs')).load(parsed));
		const shown = await timeUntilUsable(parsed, 3);
		report(`${(bytes.byteLength / megabyte).toFixed(1)} MB, ${name}: until usable`, read + kept + shown);
		report('  of this: read and checked', read);
		report('  of this: looked for a run that was kept', kept);
		report('  of this: sent to the page and drawn', shown);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function measureLoading(): Promise<void> {
	const fifty = await timeUntilUsable(conversations(50, 20, 1_500), 5);
	report('50 conversations of 20 messages (1 MB): until they can be used', fifty, loadBudget);

	await measureHuge('400 conversations of 20 long messages', conversations(400, 20, 4_150));
	await measureHuge('2,000 conversations of 100 short messages', shortMessages(2_000, 100));
	await measureHuge('one conversation of 200,000 short messages', shortMessages(1, 200_000));
	const long = conversationFixture([user('Go'), assistant(markdown(10 * megabyte)), user('And?'), assistant('Yes.')]);
	report('a recorded answer of 10 MB: until it can be used', await timeUntilUsable(long, 3), loadBudget);
	const tooLarge = new TextEncoder().encode(JSON.stringify(conversations(400, 20, 5_000)));
	const refused = await timed(async () => {
		const file = { id: 'large', size: tooLarge.byteLength, etag: '', needsSchema: false };
		const files = { list: async () => [{ ...file, read: () => Promise.reject(new Error('it was read')) }] };
		const [listed] = await new Fixtures(files).list();
		if (!/limit is 20 MB/.test(listed?.error ?? '')) {
			throw new Error(`A fixture of ${tooLarge.byteLength} bytes was not refused: ${JSON.stringify(listed)}`);
		}
	});
	report(`a fixture of ${(tooLarge.byteLength / megabyte).toFixed(1)} MB: refused unread`, refused);
}

async function measureList(): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'lab-bench-'));
	try {
		const text = JSON.stringify(conversations(2, 4, 400));
		for (let module = 0; module < 100; module++) {
			const inside = join(folder, '.promptworkshop', 'fixtures', `module-${module}`);
			await mkdir(inside, { recursive: true });
			await Promise.all(
				Array.from({ length: 100 }, (_, index) => writeFile(join(inside, `${index}.json`), text)),
			);
		}
		fakeWorkspaceFolder(folder);
		const { createFixtureFiles } = await import('../../src/host/lab/fixtureFiles.ts');
		const { Uri } = await import('vscode');
		const fixtures = new Fixtures(
			createFixtureFiles({
				extensionUri: Uri.file(join(folder, 'nothing')),
				globalStorageUri: Uri.file(join(folder, 'none')),
			}),
		);
		const list = async () => {
			const { length } = await fixtures.list();
			if (length !== 10_000) {
				throw new Error(`${length} fixtures were listed`);
			}
		};
		report(`10,000 fixtures of ${(text.length / 1024).toFixed(0)} KB: listed first`, await timed(list), listBudget);
		report('  the same again', await timed(list), listBudget);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

try {
	const { scripts } = await bundleWebview('src/webview/lab/main.ts', true);
	console.log(
		`  ${'scripts of the Lab page, minified'.padEnd(70)} ${([...scripts.values()].join('').length / 1024).toFixed(0)} KB`,
	);
	if (!quick) {
		await measureStreams();
		await measureLongAnswers();
	}
	await measureLoading();
	if (!quick) {
		await measureList();
	}
} finally {
	await browser.close();
}
process.exitCode = failed ? 1 : 0;
