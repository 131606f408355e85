// Frames and long tasks of the Workshop's page, as it ships: 200 tokens a second into an answer of 256 KB, 100,000 deltas
// at once, an answer of 10 MB stored and streaming, and scrolling through 5,000 messages and 5,000 results. A number over its budget makes
// the run fail. The page is the built one outside VS Code, under the same policy; parts come as the host posts them.
import type { Page } from 'playwright-core';
import { foldPart, foldParts } from '../../src/common/foldParts.ts';
import { emptyTurn, type Turn } from '../../src/common/turn.ts';
import { shownPart, shownTurn, type ShownPart } from '../../src/common/shownTurn.ts';
import type { StreamPart } from '../../src/common/streamParts.ts';
import { chatPage, type RunView } from '../../src/common/workshopProtocol.ts';
import { sleep } from '../support/sleep.ts';
import { launchBrowser } from '../support/vscode/browser.ts';
import { scrollSettled } from '../support/webview/scrollSettled.ts';
import { assistantMessage, resultFixture, userMessage } from '../support/webview/workshopFixtures.ts';
import { HistoryFixture } from '../support/webview/workshopHistory.ts';
import { openWorkshop, type WorkshopHost } from '../support/webview/workshopHost.ts';
import { reportFigures, watchPage, type PageFigures } from '../support/webview/pageFigures.ts';
import { bundleWebview } from '../support/webview/webviewPage.ts';

const tokensPerSecond = 200;
const answerLength = 256 * 1024;
const seconds = 5;

/** What an answer of this length may be made of; the last ones are the worst that models do. */
const kinds: Record<string, (index: number) => string> = {
	'prose with headings, lists, tables and code': (index) =>
		[
			`\n\n## Part ${index}\n\nSome words with *emphasis*, \`code\` and a [link](https://example.org/${index}).`,
			`\n\n- one item of a list\n- another with **weight**\n\n| a | b |\n|---|---|\n| ${index} | x |`,
			`\n\n\`\`\`json\n{"index": ${index}, "list": [1, 2, 3]}\n\`\`\``,
			'\n\nThe articles agree on this and differ on that, and nobody says when it will be built at scale.',
		][index % 4] ?? '',
	'one code block that does not end': (index) => (index === 0 ? '```md\n' : `line ${index} of a long prompt\n`),
	'one list': (index) => `- item ${index} of a list with some words in it\n`,
	'one paragraph without a line break': (index) => `word${index} and more of it `,
};

function textOf(kind: string, length: number): string {
	const piece = kinds[kind];
	let text = '';
	for (let index = 0; piece && text.length < length; index++) {
		text += piece(index);
	}
	return text;
}

const browser = await launchBrowser();
let failed = false;

function report(name: string, figures: PageFigures): void {
	const within = reportFigures(name, figures);
	failed ||= !within;
}

function runWith(turn: Turn, position: number): RunView {
	return { kind: 'chat', key: '2', model: 'a/b', isModel: true, query: '', topic: '', turn, position, elapsed: 0 };
}

function open(turn: Turn, position: number): Promise<WorkshopHost> {
	const messages = [userMessage(1, 'Go'), assistantMessage(2, emptyTurn, { status: 'streaming' })];
	return openWorkshop(browser, { messages, runs: [runWith(turn, position)] }, {}, { minify: true });
}

/** A text as parts of the run, each of `length` characters. */
function partsOf(text: string, length: number): StreamPart[] {
	const pieces = text.match(new RegExp(`[\\s\\S]{1,${length}}`, 'g')) ?? [];
	return pieces.map((text) => ({ type: 'text', id: 'a', text }));
}

/**
 * Measures while parts are posted to the page, from within it, in batches of `perBatch` every `interval` milliseconds;
 * they are the ones after number `from`.
 */
async function measureStream(
	page: Page,
	parts: ShownPart[],
	{ from, perBatch, interval }: { from: number; perBatch: number; interval: number },
): Promise<PageFigures> {
	await page.evaluate((parts) => Object.assign(window, { parts }), parts);
	return watchPage(browser, page, () =>
		page.evaluate(
			({ from, perBatch, interval }) =>
				new Promise<void>((resolve) => {
					const { parts } = window as unknown as { parts: unknown[] };
					let sent = 0;
					let seq = 0;
					const timer = setInterval(() => {
						const data = { key: '2', from: from + sent, parts: parts.slice(sent, sent + perBatch) };
						window.postMessage({ kind: 'event', name: 'parts', seq: ++seq, data }, '*');
						sent += perBatch;
						if (sent >= parts.length) {
							clearInterval(timer);
							// What follows the last part is measured too.
							setTimeout(resolve, 200);
						}
					}, interval);
				}),
			{ from, perBatch, interval },
		),
	);
}

async function measureStreams(): Promise<void> {
	for (const kind of Object.keys(kinds)) {
		const text = textOf(kind, answerLength);
		const streamed = tokensPerSecond * seconds * 5;
		const before = text.slice(0, -streamed);
		const host = await open(foldParts([{ type: 'text', id: 'a', text: before }]), 1);
		// What was there before is shown first.
		await scrollSettled(host.page);
		const parts = partsOf(text.slice(-streamed), 5);
		const measured = await measureStream(host.page, parts, { from: 1, perBatch: 5, interval: 25 });
		report(`200 tokens/s into 256 KB: ${kind}`, measured);
		await host.page.context().close();
	}
}

async function measureDeltas(): Promise<void> {
	const host = await open(emptyTurn, 0);
	const parts = Array.from({ length: 100_000 }, (_, index): StreamPart => {
		return { type: 'text', id: 'a', text: index % 20 === 0 ? '\n\nword' : ' word' };
	});
	const measured = await measureStream(host.page, parts, { from: 0, perBatch: 500, interval: 10 });
	report('100,000 deltas in 2 s', measured);
	await host.page.context().close();
}

async function measureLongAnswer(): Promise<void> {
	const text = textOf('prose with headings, lists, tables and code', 10 * 1024 * 1024);
	const turn = foldParts([
		{ type: 'thinking', id: 't', text },
		{ type: 'text', id: 'a', text },
		{ type: 'done', stopReason: 'stop' },
	]);
	const stored = await open(emptyTurn, 0);
	const measured = await watchPage(browser, stored.page, async () => {
		stored.server.send('messages', { changed: [assistantMessage(2, shownTurn(turn))], removed: [] });
		await stored.page.getByText('Only the first').waitFor({ timeout: 20_000 });
		await sleep(1500, 'what follows the first view is measured too');
	});
	report('10 MB of thinking and 10 MB of answer shown (512 KB of each)', measured);
	await stored.page.context().close();

	const live = await open(emptyTurn, 0);
	let whole = emptyTurn;
	const parts = partsOf(text, 200).map((part) => {
		whole = foldPart(whole, part);
		return shownPart(part, whole);
	});
	const streamed = await measureStream(live.page, parts, { from: 0, perBatch: 200, interval: 10 });
	report('10 MB of answer streamed in 3 s (512 KB shown)', streamed);
	await live.page.context().close();
}

/** Scrolls down by wheel, screen by screen. */
async function scroll(page: Page, selector: string, times: number): Promise<void> {
	await page.locator(selector).hover();
	for (let index = 0; index < times; index++) {
		await page.mouse.wheel(0, 900);
		await sleep(16, 'the rhythm of a wheel');
	}
}

async function measureLists(): Promise<void> {
	const all = Array.from({ length: 5000 }, (_, index) =>
		resultFixture({ testId: `r${index}`, query: `Question ${index} ${'with words '.repeat(index % 9)}` }),
	);
	const results = await openWorkshop(
		browser,
		{ resultCount: all.length },
		{ history: new HistoryFixture(all).answer },
		{ minify: true },
	);
	report(
		'5,000 results: opened and scrolled',
		await watchPage(browser, results.page, async () => {
			await results.page.getByRole('tab', { name: 'History' }).click();
			await results.page.getByText('5,000 of 5,000').waitFor();
			await scroll(results.page, '.scroll', 120);
		}),
	);
	await results.page.context().close();

	const turn = foldParts([
		{ type: 'text', id: 'a', text: textOf('prose with headings, lists, tables and code', 900) },
	]);
	const page = (before: number) =>
		Array.from(
			{ length: Math.min(chatPage, before - 1) },
			(_, index) => before - Math.min(chatPage, before - 1) + index,
		).map((id) => (id % 2 === 0 ? userMessage(id, `Question ${id}`) : assistantMessage(id, turn)));
	const chat = await openWorkshop(
		browser,
		{ messages: page(5001), earlier: 5000 - chatPage },
		{ earlier: async ({ before }) => ({ messages: page(before), earlier: Math.max(0, before - 1 - chatPage) }) },
		{ minify: true },
	);
	report(
		'5,000 messages: scrolled to the first',
		await watchPage(browser, chat.page, async () => {
			// The reader drags the bar to the top again and again; what is before comes by itself.
			await chat.page.evaluate(async () => {
				const scroller = document.querySelector('.scroll');
				const frame = () => new Promise(requestAnimationFrame);
				while (scroller?.querySelector('.messages > .text-button')) {
					scroller.dispatchEvent(new WheelEvent('wheel'));
					scroller.scrollTop = 0;
					await frame();
				}
			});
			await scroll(chat.page, '.scroll', 120);
		}),
	);
	await chat.page.context().close();
}

try {
	const { scripts } = await bundleWebview('src/webview/workshop/main.ts', true);
	console.log(
		`  ${'scripts of the Workshop page, minified'.padEnd(70)} ${([...scripts.values()].join('').length / 1024).toFixed(0)} KB`,
	);
	await measureStreams();
	await measureDeltas();
	await measureLongAnswer();
	await measureLists();
} finally {
	await browser.close();
}
process.exitCode = failed ? 1 : 0;
