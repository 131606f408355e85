// The longest task of the extension host while a hostile server floods it: adapter, tool loop and fold, on a body that
// comes as a socket gives it, 64 kB in each turn of the event loop. What is written is bytes; what is measured is the
// longest time between two turns, the smallest of five runs, since a busy machine only ever adds to it.
import { foldPart } from '../../src/common/foldParts.ts';
import { emptyTurn } from '../../src/common/turn.ts';
import { createModels } from '../../src/providers/models.ts';
import { silentLog } from '../support/wire/replay.ts';
import { sse } from '../support/wire/sseText.ts';
import { runRequest } from '../support/wire/wiredModels.ts';

const budgetMs = 50;
const runs = 5;
const chunkBytes = 65_536;

const delta = (fields: object) => sse({ choices: [{ index: 0, delta: fields }] });
const end = (reason: string) => sse({ choices: [{ index: 0, delta: {}, finish_reason: reason }] }) + sse('[DONE]');

interface Flood {
	body: string;
	status?: number;
}

const piece = 'word ';
const call = (index: number) => ({ index, id: `c${index}`, function: { name: 'search', arguments: '{}' } });

const floods: Record<string, Flood> = {
	'text and thinking that change 100,000 times': {
		body: delta({ content: 'a ', reasoning: 'b ' }).repeat(100_000) + end('stop'),
	},
	'500 KB of reasoning in a field and in tags': {
		body:
			delta({ reasoning_content: piece, content: `<think>${piece}` }) +
			delta({ reasoning_content: piece, content: piece }).repeat(99_999) +
			delta({ content: '</think>Yes.' }) +
			end('stop'),
	},
	'20,000 tool calls in a round': {
		body:
			Array.from({ length: 20_000 }, (_, index) => delta({ tool_calls: [call(index)] })).join('') +
			end('tool_calls'),
	},
	'a block index of 300 million': { body: delta({ tool_calls: [call(300_000_000)] }) + end('tool_calls') },
	'1 MB of white space before the answer': { body: delta({ content: ' \n\t ' }).repeat(250_000) + end('stop') },
	'one line of 10 MB': { body: delta({ content: 'x'.repeat(10_000_000) }) + end('stop') },
	'an error page of 1 MB': { body: '<title'.repeat(200_000), status: 400 },
};

/** A body that gives a chunk in each turn of the event loop, as a socket does. */
function bodyOfTurns(bytes: Uint8Array): ReadableStream<Uint8Array> {
	let at = 0;
	return new ReadableStream({
		async pull(controller) {
			await new Promise((resolve) => setImmediate(resolve));
			if (at >= bytes.length) {
				controller.close();
			} else {
				controller.enqueue(bytes.slice(at, at + chunkBytes));
				at += chunkBytes;
			}
		},
	});
}

/** Milliseconds of the longest turn of the event loop while `work` runs. */
async function longestTask(work: () => Promise<void>): Promise<number> {
	globalThis.gc?.();
	let longest = 0;
	let isRunning = true;
	let last = performance.now();
	const turn = () => {
		const now = performance.now();
		longest = Math.max(longest, now - last);
		last = now;
		if (isRunning) {
			setImmediate(turn);
		}
	};
	setImmediate(turn);
	await work();
	isRunning = false;
	await new Promise((resolve) => setImmediate(resolve));
	return longest;
}

async function answerOf({ body, status = 200 }: Flood): Promise<void> {
	const bytes = Buffer.from(body);
	const config = { id: 'flood', kind: 'openai-compatible', baseUrl: 'https://example.com/v1' } as const;
	const models = createModels([config], {
		fetch: async () =>
			new Response(bodyOfTurns(bytes), { status, headers: { 'content-type': 'text/event-stream' } }),
		getKey: async () => undefined,
		log: silentLog,
		maxRetries: 0,
	});
	let turn = emptyTurn;
	for await (const part of models.run(runRequest({ model: 'flood/m' }))) {
		if (part.type !== 'native' && part.type !== 'request') {
			turn = foldPart(turn, part);
		}
	}
	if (turn.blocks.length === 0 && turn.error === undefined) {
		throw new Error('The flood gave neither an answer nor an error.');
	}
}

async function measure(name: string, work: () => Promise<void>): Promise<void> {
	// The first run loads modules and warms up.
	await work();
	const longest: number[] = [];
	for (let run = 0; run < runs; run++) {
		longest.push(await longestTask(work));
	}
	const best = Math.min(...longest);
	const isWithin = best <= budgetMs;
	console.log(`${isWithin ? ' ' : '✘'} ${name.padEnd(60)} longest task ${best.toFixed(0)} ms`);
	process.exitCode = isWithin ? process.exitCode : 1;
}

for (const [name, flood] of Object.entries(floods)) {
	await measure(name, () => answerOf(flood));
}
