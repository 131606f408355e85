import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { foldPart, foldParts } from '../../../src/common/foldParts.ts';
import { emptyTurn, turnText, turnThinking } from '../../../src/common/turn.ts';
import type { StreamPart } from '../../../src/common/streamParts.ts';
import { sse } from '../../support/wire/sseText.ts';
import { collect, runRequest, wiredApis, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';
import { processorTime } from '../../support/processorTime.ts';

/** Bounds are far above what the work takes and far below what it took when it grew with the square of the answer. */
describe('Servers that flood [attack 20]', function () {
	this.timeout(60_000);
	let wire: WireServer;
	before(async () => {
		wire = await WireServer.start();
	});
	after(() => wire.stop());
	beforeEach(() => wire.reset());

	const delta = (fields: object) => sse({ choices: [{ index: 0, delta: fields }] });
	const end = (reason: string) => sse({ choices: [{ index: 0, delta: {}, finish_reason: reason }] }) + sse('[DONE]');
	async function run(model: string, deps = {}) {
		const used = processorTime();
		const parts = await collect(wiredModels(wire, { maxRetries: 0, ...deps }).run(runRequest({ model })));
		return { parts, took: used() };
	}
	const turnOf = (parts: Awaited<ReturnType<typeof run>>['parts']) =>
		foldParts(parts.filter(({ type }) => type === 'text' || type === 'thinking') as StreamPart[]);

	it('text and thinking that change with every word are whole, in few blocks', async () => {
		const words = 100_000;
		const body = delta({ content: 'a ', reasoning: 'b ' }).repeat(words) + end('stop');
		wire.reply('chat', { body });
		const { parts, took } = await run('local/m');
		const turn = turnOf(parts);
		assert.ok(turn.blocks.length <= 201, `${turn.blocks.length} blocks`);
		assert.equal(turnText(turn).replaceAll(/\s/g, ''), 'a'.repeat(words));
		assert.equal(turnThinking(turn).replaceAll(/\s/g, ''), 'b'.repeat(words));
		assert.ok(took < 20_000, `${took} ms`);
	});

	it('a block index of 300 million is a block like others', async () => {
		const event = (type: string, fields: object) => sse({ type, ...fields }, type);
		const index = 300_000_000;
		wire.reply('anthropic', {
			body: [
				event('message_start', { message: { usage: { input_tokens: 1 } } }),
				event('content_block_start', { index, content_block: { type: 'text', text: 'Yes.' } }),
				event('content_block_stop', { index }),
				event('message_delta', { delta: { stop_reason: 'end_turn' } }),
				event('message_stop', {}),
			],
		});
		wire.reply('chat', {
			body: [
				delta({ tool_calls: [{ index, id: 'c', function: { name: 'search', arguments: '{}' } }] }),
				end('tool_calls'),
			],
		});
		const text = await run('anthropic/m');
		assert.equal(turnText(turnOf(text.parts)), 'Yes.');
		const call = await run('local/m');
		assert.equal(call.parts.filter(({ type }) => type === 'tool-call').length, 1);
		assert.ok(text.took + call.took < 5000, `${text.took} and ${call.took} ms`);
	});

	it('thousands of calls in a round are not run', async () => {
		const calls = Array.from({ length: 20_000 }, (_, index) => ({
			index,
			id: `c${index}`,
			function: { name: 'search', arguments: '{}' },
		}));
		wire.reply('chat', { body: [...calls.map((call) => delta({ tool_calls: [call] })), end('tool_calls')] });
		let ran = 0;
		const used = processorTime();
		const parts = await collect(
			wiredModels(wire).run(
				runRequest({
					model: 'local/m',
					tools: [
						{
							name: 'search',
							description: 'Searches',
							inputSchema: { type: 'object' },
							run: async () => ({ content: String(++ran), summary: 'found' }),
						},
					],
				}),
			),
		);
		const took = used();
		assert.equal(ran, 0);
		assert.ok(parts.filter(({ type }) => type === 'tool-call').length < 300);
		const error = parts.at(-2);
		assert.match(error?.type === 'error' ? error.message : '', /called more than 256 tools at once/);
		assert.ok(took < 10_000, `${took} ms`);
	});

	it('half a megabyte of reasoning in the field and in tags is shown once', async () => {
		const piece = 'word ';
		const body =
			delta({ reasoning_content: piece, content: `<think>${piece}` }) +
			delta({ reasoning_content: piece, content: piece }).repeat(99_999) +
			delta({ content: '</think>Yes.' }) +
			end('stop');
		wire.reply('chat', { body });
		const { parts, took } = await run('local/m');
		const turn = turnOf(parts);
		assert.deepEqual([turnThinking(turn).length, turnText(turn)], [500_000, 'Yes.']);
		assert.ok(took < 20_000, `${took} ms`);
	});

	for (const { api, id } of wiredApis) {
		it(`${id}: an answer without end, packed into little, is closed at a limit`, async () => {
			const maxAnswerBytes = 4_194_304;
			const packed = gzipSync(`: ${'x'.repeat(1000)}\n\n`.repeat(16_000));
			assert.ok(packed.length < 100_000);
			wire.reply(api, { headers: { 'content-encoding': 'gzip' }, body: [packed] });
			const { parts } = await run(`${id}/m`, { maxAnswerBytes });
			const error = parts.at(-2);
			assert.match(error?.type === 'error' ? error.message : '', /sent more than 4 MB .* was stopped/);
		});

		it(`${id}: of an error page without end the beginning is read, and no pattern takes its time`, async () => {
			for (const page of [
				'<title'.repeat(200_000),
				`{"error":{"message":"${'Bearer '.repeat(100_000)}"}}`,
				'<'.repeat(1_000_000),
			]) {
				wire.reply(api, { status: 400, headers: { 'content-encoding': 'gzip' }, body: [gzipSync(page)] });
				const { parts, took } = await run(`${id}/m`);
				assert.equal(parts.at(-2)?.type, 'error');
				assert.ok(took < 5000, `${took} ms`);
			}
		});
	}

	it('a block grows by its id, also if others began since', () => {
		let turn = emptyTurn;
		for (const [type, id, text] of [
			['text', 'a', 'One'],
			['thinking', 'b', 'Hm'],
			['text', 'a', ', two'],
		] as const) {
			turn = foldPart(turn, { type, id, text });
		}
		assert.deepEqual(
			turn.blocks.map((block) => block.type !== 'tool' && block.text),
			['One, two', 'Hm'],
		);
	});
});
