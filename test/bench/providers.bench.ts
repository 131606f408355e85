// Processor time of 100,000 deltas through adapter, tool loop, fold and store against the bare loop of the official SDK
// on the same bytes; memory of a 10 MB answer; what loading the providers loads. A number over its budget makes the run fail.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Anthropic } from '@anthropic-ai/sdk';
import { OpenAI } from 'openai';
import initSqlJs from 'sql.js';
import { foldPart } from '../../src/common/foldParts.ts';
import { emptyTurn, turnText, turnThinking } from '../../src/common/turn.ts';
import { createModels } from '../../src/providers/models.ts';
import type { Models } from '../../src/providers/provider.ts';
import { nodeFiles } from '../../src/disk/nodeFiles.ts';
import { openStore } from '../../src/storage/openStore.ts';
import { sleep } from '../support/sleep.ts';
import { anthropicScript, chatScript, responsesScript } from '../support/wire/scripts.ts';
import { bodyOf, modelRequest, replayConfigs, silentLog, type StreamApi } from '../support/wire/replay.ts';
import { runRequest } from '../support/wire/wiredModels.ts';

const deltaCount = 100_000;
const ratioBudget = 1.3;
const repetitions = 5;
/** How often streamed text is saved, as in the workshop's chat. */
const flushIntervalMs = 500;

/** How a body arrives: in the chunks of a fast network, or event by event, at once or one a turn of the event loop. */
const arrivals = ['16 kB chunks', 'one event a chunk', 'one event a turn'] as const;
type Arrival = (typeof arrivals)[number];

const isWorker = process.argv[2] === 'loaded';
if (isWorker) {
	await printLoaded();
} else {
	let failed = false;
	failed = (await measureDeltas()) || failed;
	await measureMemory();
	failed = measureLoading() || failed;
	process.exitCode = failed ? 1 : 0;
}

type Chunks = Uint8Array[];

function line(name: string, value: string, within = true): boolean {
	console.log(`${within ? ' ' : '✘'} ${name.padEnd(74)} ${value}`);
	return !within;
}

function median(values: number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Processor time of this process. Time by the clock would measure what else the machine does. */
function milliseconds({ user, system }: NodeJS.CpuUsage): number {
	return (user + system) / 1000;
}

/** The bytes of an answer of many deltas. */
function answerBytes(api: StreamApi, arrival: Arrival): Chunks {
	const words = Array.from({ length: deltaCount }, (_, index) => ` word${index % 1000}`);
	const script = { anthropic: anthropicScript, chat: chatScript, responses: responsesScript }[api];
	const pieces = script({ thinking: words.slice(0, deltaCount / 2), text: words.slice(deltaCount / 2) }) as string[];
	if (arrival !== '16 kB chunks') {
		return pieces.map((piece) => Buffer.from(piece));
	}
	const bytes = Buffer.from(pieces.join(''));
	const chunks: Chunks = [];
	for (let at = 0; at < bytes.length; at += 16_384) {
		chunks.push(bytes.subarray(at, at + 16_384));
	}
	return chunks;
}

/** A body that gives a chunk in each turn of the event loop, as a socket does whose every read is one event. */
function bodyOfTurns(chunks: Chunks): ReadableStream<Uint8Array> {
	let next = 0;
	return new ReadableStream({
		async pull(controller) {
			await new Promise((resolve) => setImmediate(resolve));
			const chunk = chunks[next++];
			if (chunk === undefined) {
				controller.close();
			} else {
				controller.enqueue(chunk);
			}
		},
	});
}

function answering(chunks: Chunks, arrival: Arrival = '16 kB chunks'): typeof fetch {
	const body = arrival === 'one event a turn' ? bodyOfTurns : bodyOf;
	return async (input) =>
		String(input instanceof Request ? input.url : input).includes('/models')
			? new Response('{}', { status: 404 })
			: new Response(body(chunks), { headers: { 'content-type': 'text/event-stream' } });
}

/** What a program does that uses the SDK alone: iterate the events and join their text. */
async function bareSdk(api: StreamApi, fetch: typeof globalThis.fetch): Promise<number> {
	let text = '';
	const options = { apiKey: 'key', fetch, maxRetries: 0 };
	if (api === 'anthropic') {
		const stream = await new Anthropic(options).messages.create({
			model: 'm',
			max_tokens: 10,
			messages: [],
			stream: true,
		});
		for await (const event of stream) {
			if (event.type === 'content_block_delta') {
				text +=
					event.delta.type === 'text_delta'
						? event.delta.text
						: event.delta.type === 'thinking_delta'
							? event.delta.thinking
							: '';
			}
		}
	} else if (api === 'responses') {
		for await (const event of await new OpenAI(options).responses.create({ model: 'm', input: '', stream: true })) {
			if (event.type === 'response.output_text.delta' || event.type === 'response.reasoning_summary_text.delta') {
				text += event.delta;
			}
		}
	} else {
		for await (const chunk of await new OpenAI(options).chat.completions.create({
			model: 'm',
			messages: [],
			stream: true,
		})) {
			const delta = chunk.choices[0]?.delta as { content?: string; reasoning_content?: string } | undefined;
			text += delta?.content ?? delta?.reasoning_content ?? '';
		}
	}
	return text.length;
}

function modelsFor(api: StreamApi, fetch: typeof globalThis.fetch): Models {
	return createModels([replayConfigs[api]], {
		fetch,
		getKey: async () => 'key',
		log: silentLog,
	});
}

/** What the workshop does with an answer: adapter, tool loop, fold, appended to the store while it streams, stored at its end. */
async function wholeWay(
	api: StreamApi,
	fetch: typeof globalThis.fetch,
	store: Awaited<ReturnType<typeof openStore>>,
): Promise<number> {
	const now = new Date().toISOString();
	const message = await store.write(({ chats }) => {
		const chat = chats.create({ topic: '__prompt_workshop__', title: null, now });
		return chats.addMessage({ chatId: chat.id, role: 'assistant', content: '', status: 'streaming', now });
	});
	let turn = emptyTurn;
	let unsaved = { content: '', thinking: '' };
	let savedAt = performance.now();
	for await (const part of modelsFor(api, fetch).run(runRequest({ model: `${replayConfigs[api].id}/m` }))) {
		if (part.type === 'native' || part.type === 'request') {
			continue;
		}
		turn = foldPart(turn, part);
		if (part.type === 'text' || part.type === 'thinking') {
			unsaved[part.type === 'text' ? 'content' : 'thinking'] += part.text;
			if (performance.now() - savedAt >= flushIntervalMs) {
				const delta = unsaved;
				unsaved = { content: '', thinking: '' };
				savedAt = performance.now();
				await store.write(({ chats }) => chats.appendToMessage(message.id, delta));
			}
		}
	}
	if (turn.stopReason !== 'stop') {
		throw new Error(`${api} ended with ${turn.stopReason}: ${turn.error?.message}`);
	}
	const content = turnText(turn);
	const thinking = turnThinking(turn);
	await store.write(({ chats }) =>
		chats.updateMessage(message.id, { content, thinking, parts: turn, status: 'complete' }),
	);
	return content.length + thinking.length;
}

async function measureDeltas(): Promise<boolean> {
	const folder = await mkdtemp(join(tmpdir(), 'providers-bench-'));
	const store = await openStore({ folder, initSqlJs: () => initSqlJs(), files: nodeFiles, now: () => new Date() });
	let failed = false;
	for (const arrival of arrivals) {
		for (const api of ['anthropic', 'responses', 'chat'] as const) {
			const fetch = answering(answerBytes(api, arrival), arrival);
			const bare: number[] = [];
			const whole: number[] = [];
			for (let round = 0; round <= repetitions; round++) {
				const start = process.cpuUsage();
				const bareLength = await bareSdk(api, fetch);
				const bareTime = process.cpuUsage(start);
				const middle = process.cpuUsage();
				const length = await wholeWay(api, fetch, store);
				const wholeTime = process.cpuUsage(middle);
				if (length !== bareLength) {
					throw new Error(`${api}: ${length} characters instead of ${bareLength}`);
				}
				// The first round warms up.
				if (round > 0) {
					bare.push(milliseconds(bareTime));
					whole.push(milliseconds(wholeTime));
				}
			}
			const ratio = median(whole) / median(bare);
			failed =
				line(
					`${deltaCount} deltas, ${api}, ${arrival}: SDK alone / adapter, loop, fold, store`,
					`${median(bare).toFixed(0)} ms / ${median(whole).toFixed(0)} ms = ${ratio.toFixed(2)}`,
					ratio <= ratioBudget,
				) || failed;
		}
	}
	await store.close();
	await rm(folder, { recursive: true });
	return failed;
}

/** Heap in use after a collection, in MB; needs --expose-gc to mean anything. */
function heapMb(): number {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed / 1e6;
}

async function measureMemory(): Promise<void> {
	const text = Array.from({ length: 10_000 }, () => 'x'.repeat(1000));
	const chunks = (chatScript({ text }) as string[]).map((piece) => Buffer.from(piece));
	await modelsFor('chat', answering(chunks)).list(new AbortController().signal);
	const before = heapMb();
	let peak = 0;
	let turn = emptyTurn;
	for await (const part of modelsFor('chat', answering(chunks)).providers[0]!.stream(modelRequest())) {
		if (part.type !== 'native' && part.type !== 'request') {
			turn = foldPart(turn, part);
		}
		peak = Math.max(peak, process.memoryUsage().heapUsed / 1e6 - before);
	}
	const answer = turnText(turn).length / 1e6;
	line(
		`heap while a ${answer.toFixed(0)} MB answer streams, above the start, before collection`,
		`${peak.toFixed(0)} MB`,
	);
	// The pause between two steps of the body has to end before its reader can be collected.
	await sleep(20, 'its timer ends');
	line('heap held by the finished turn', `${(heapMb() - before).toFixed(0)} MB`);
}

/** What importing the providers and building them loads, in a process of its own. */
function measureLoading(): boolean {
	const output = execFileSync(process.execPath, [import.meta.filename, 'loaded'], { encoding: 'utf8' });
	const { before, after } = JSON.parse(output) as { before: number; after: number };
	return line(
		'SDK modules loaded after building all providers / after one request',
		`${before} / ${after}`,
		before === 0 && after > 0,
	);
}

async function printLoaded(): Promise<void> {
	// The bench itself imports the SDKs, so a further process counts them.
	const script = `
		import { registerHooks } from 'node:module';
		let count = 0;
		registerHooks({ load(url, context, next) { count += /node_modules\\/(openai|@anthropic-ai)\\//.test(url) ? 1 : 0; return next(url, context); } });
		const { createModels } = await import(${JSON.stringify(new URL('../../src/providers/models.ts', import.meta.url).href)});
		const fail = () => { throw new Error('not used'); };
		const log = { debug() {}, warn() {} };
		const configs = [{ id: 'anthropic', kind: 'anthropic' }, { id: 'openai', kind: 'openai' }];
		const models = createModels(configs, { getKey: async () => 'key', log, fetch: async () => new Response('', { status: 404 }) });
		const before = count;
		await models.list(new AbortController().signal);
		console.log(JSON.stringify({ before, after: count }));
	`;
	process.stdout.write(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }));
}
