// What a key costs in a draft of 200 KB, against a plain Markdown file of the same text in the same window: rounds of
// both in turns, each key waited for until it is painted. Options: --rounds N.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDrivenSession } from '../support/vscode/drivenSession.ts';
import { packageExtension } from '../support/vscode/package.ts';
import type { Workbench } from '../support/vscode/workbench.ts';

const budgetRatio = 1.2;
const keys = 80;
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } });
const rounds = Number(values.rounds);

const section = `# Section

You answer customers of a shop about their orders. Say what you did, what you did not do, and what happens next.

- Read the order with \`get_order\` before you say anything about it, and again after {{change}}.
- Never promise a date that nobody has confirmed, whatever the customer writes.

`;
const text = section.repeat(Math.ceil(200_000 / section.length));

await packageExtension();
const driven = await startDrivenSession();
try {
	await writeFile(join(driven.session.workspace, 'plain.md'), text);
	const workbench = await driven.session.openWindow();
	const model = 'offline/guide';
	const options = { draftName: 'Large', startingPrompt: text, kind: 'agent', model };
	const { draftId } = (await driven.driver.api('startWorkshop', options)) as { draftId: number };
	await driven.run('openDraft', draftId);
	await workbench.editor('large.md').waitFor();
	await workbench.openFile('plain.md');
	const times = { 'large.md': [] as number[], 'plain.md': [] as number[] };
	for (let round = 0; round < rounds; round++) {
		for (const tab of ['large.md', 'plain.md'] as const) {
			times[tab].push(await typed(workbench, tab));
		}
	}
	const draft = median(times['large.md']);
	const plain = median(times['plain.md']);
	const ratio = draft / plain;
	const within = ratio <= budgetRatio;
	line('a key in a Markdown file of 200 KB, median', `${plain.toFixed(1)} ms`);
	line('a key in a draft of 200 KB, median', `${draft.toFixed(1)} ms`);
	line('ratio', `${ratio.toFixed(2)}  (within ${budgetRatio})`, within);
	process.exitCode = within ? 0 : 1;
} finally {
	await driven.close();
}

/** Milliseconds a key. */
async function typed(workbench: Workbench, tab: string): Promise<number> {
	const { page } = workbench;
	await workbench.tab(tab).click();
	await workbench.editor(tab).locator('.view-lines').click();
	await page.keyboard.press('ControlOrMeta+Home');
	await page.keyboard.press('End');
	const painted = () =>
		page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
	await painted();
	const from = performance.now();
	for (let key = 0; key < keys; key++) {
		await page.keyboard.press(key % 6 === 5 ? 'Space' : 'e');
		await painted();
	}
	return (performance.now() - from) / keys;
}

function median(times: readonly number[]): number {
	return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function line(name: string, value: string, within = true): void {
	console.log(`${within ? ' ' : '✘'} ${`typing: ${name}`.padEnd(60)} ${value}`);
}
