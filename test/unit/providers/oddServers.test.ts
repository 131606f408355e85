import assert from 'node:assert/strict';
import { isSameModel } from '../../../src/providers/answeredBy.ts';
import { ObjectEnd } from '../../../src/providers/objectEnd.ts';
import { hear, replay, type StreamApi } from '../../support/wire/replay.ts';
import { sse } from '../../support/wire/sseText.ts';
import { collect, runRequest, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

const body = (...events: unknown[]) => [Buffer.from(events.map((event) => sse(event)).join(''))];
const heard = async (api: StreamApi, ...events: unknown[]) => hear(await replay(api, body(...events)));
const delta = (fields: object, finish_reason: string | null = null) => ({
	choices: [{ index: 0, delta: fields, finish_reason }],
});

describe('Odd servers', () => {
	describe('calls of Chat Completions that share an index', () => {
		const piece = (fields: object, more = {}) => delta({ tool_calls: [{ index: 0, function: fields, ...more }] });
		const inputs = async (...pieces: unknown[]) => {
			const { toolCalls, native } = await heard('chat', ...pieces, delta({}, 'tool_calls'), '[DONE]');
			const ids = toolCalls.map(({ id }) => id);
			assert.equal(new Set(ids).size, ids.length, 'each has an id of its own');
			const sent = (native[0] as { tool_calls: { id: string }[] }).tool_calls.map(({ id }) => id);
			assert.deepEqual(sent, ids);
			return toolCalls.map(({ name, input }) => [name, (input as { q?: string }).q]);
		};
		const sand = { arguments: '{"q":"sand"}' };
		const clay = { arguments: '{"q":"clay"}' };
		const both = [
			['find', 'sand'],
			['find', 'clay'],
		];

		it('without ids are two when the first is a whole object', async () => {
			assert.deepEqual(await inputs(piece({ name: 'find', ...sand }), piece({ name: 'find', ...clay })), both);
			const empty = { id: '' };
			assert.deepEqual(
				await inputs(piece({ name: 'find', ...sand }, empty), piece({ name: 'find', ...clay }, empty)),
				both,
			);
		});

		it('are two although the second has neither name nor id', async () => {
			const begin = piece({ name: 'find', arguments: '' }, { id: 'c' });
			assert.deepEqual(await inputs(begin, piece({ name: '', ...sand }), piece({ name: '', ...clay })), both);
		});

		it('are one when it comes in pieces, twice, or behind an empty object', async () => {
			const begin = piece({ name: 'find', arguments: '' }, { id: 'c' });
			const one = [['find', 'sa}{"nd']];
			const text = JSON.stringify({ q: 'sa}{"nd' });
			assert.deepEqual(
				await inputs(begin, ...[...text].map((arguments_) => piece({ arguments: arguments_ }))),
				one,
			);
			const whole = piece({ name: 'find', arguments: text }, { id: 'c' });
			assert.deepEqual(await inputs(whole, whole), one);
			assert.deepEqual(
				await inputs(piece({ name: 'find', arguments: '{}' }, { id: 'c' }), piece({ arguments: text })),
				one,
			);
			assert.deepEqual(await inputs(whole, piece({ arguments: '\n' })), one);
		});

		it('an object is complete at its own brace and at no other', () => {
			for (const [text, reached] of [
				['{"a":{"b":[1]}}', true],
				['{"a":"}', false],
				['{"a":"\\"}', false],
				['[{}]', false],
				['', false],
			] as const) {
				const end = new ObjectEnd();
				for (const character of text) {
					end.push(character);
				}
				assert.equal(end.reached, reached, text);
			}
		});
	});

	it('usage is read where it stands in the choice', async () => {
		const usage = { prompt_tokens: 7, completion_tokens: 3 };
		const { usage: read } = await heard(
			'chat',
			delta({ content: 'Yes' }),
			{ choices: [{ index: 0, delta: {}, finish_reason: 'stop', usage }] },
			'[DONE]',
		);
		assert.deepEqual(read, { inputTokens: 7, outputTokens: 3 });
	});

	describe('blocks of Anthropic Messages', () => {
		const start = (index: number, content_block: object) => ({ type: 'content_block_start', index, content_block });
		const grow = (index: number, fields: object) => ({ type: 'content_block_delta', index, delta: fields });
		const stop = (index: number) => ({ type: 'content_block_stop', index });
		const ending = { type: 'message_delta', delta: { stop_reason: 'tool_use' } };
		const tool = (id: string) => ({ type: 'tool_use', id, name: 'find', input: {} });
		const json = (partial_json: string) => ({ type: 'input_json_delta', partial_json });

		it('words in a call are words, and the call goes back as a call', async () => {
			const { text, thinking, toolCalls, native } = await heard(
				'anthropic',
				start(0, tool('t1')),
				grow(0, json('{"q":')),
				grow(0, { type: 'text_delta', text: 'I search ' }),
				grow(0, json('"sand"}')),
				grow(0, { type: 'text_delta', text: 'now.' }),
				grow(0, { type: 'thinking_delta', thinking: 'Hm' }),
				stop(0),
				ending,
				{ type: 'message_stop' },
			);
			assert.deepEqual([text, thinking], ['I search now.', 'Hm']);
			assert.deepEqual(toolCalls, [{ id: 't1', name: 'find', input: { q: 'sand' } }]);
			assert.deepEqual(native, [
				{ ...tool('t1'), input: { q: 'sand' } },
				{ type: 'text', text: 'I search now.' },
			]);
		});

		it('what fits no block changes none', async () => {
			const { text, native } = await heard(
				'anthropic',
				start(0, { type: 'text', text: '' }),
				grow(0, { type: 'text_delta', text: 'Yes' }),
				grow(0, json('{"q":1}')),
				grow(0, { type: 'signature_delta', signature: 's' }),
				grow(0, { type: 'new_delta', text: 'x' }),
				stop(0),
				{ type: 'message_delta', delta: { stop_reason: 'end_turn' } },
				{ type: 'message_stop' },
			);
			assert.deepEqual([text, native], ['Yes', [{ type: 'text', text: 'Yes' }]]);
		});

		it('that all have one index are blocks of their own', async () => {
			const { text, toolCalls, native } = await heard(
				'anthropic',
				start(0, { type: 'text', text: 'So.' }),
				start(0, tool('t1')),
				grow(0, json('{"q":"sand"}')),
				start(0, tool('t2')),
				grow(0, json('{"q":"clay"}')),
				ending,
				{ type: 'message_stop' },
			);
			assert.equal(text, 'So.');
			assert.deepEqual(
				toolCalls.map(({ input }) => input),
				[{ q: 'sand' }, { q: 'clay' }],
			);
			assert.equal(native.length, 3);
		});

		it('are complete with a stop reason and the end of the body; without a reason they were cut', async () => {
			const said = [start(0, { type: 'text', text: 'Yes.' }), stop(0)];
			const stated = await heard('anthropic', ...said, {
				type: 'message_delta',
				delta: { stop_reason: 'end_turn' },
			});
			assert.deepEqual([stated.text, stated.stopReason, stated.native.length], ['Yes.', 'stop', 1]);
			const open = await heard('anthropic', start(0, tool('t1')), grow(0, json('{"q":1}')), ending);
			assert.deepEqual([open.toolCalls.length, open.stopReason], [1, 'tools']);
			assert.equal((await heard('anthropic', ...said)).stopReason, 'error');
		});
	});

	it('an end for a reason that is not known says the reason', async () => {
		const chat = await heard('chat', delta({ content: 'Yes' }), delta({}, 'weather'), '[DONE]');
		assert.deepEqual(
			[chat.stopReason, chat.notice],
			['unknown', 'The server ended the answer with the reason "weather".'],
		);
		const message = await heard('anthropic', { type: 'message_delta', delta: { stop_reason: 'toString' } });
		assert.deepEqual([message.stopReason, message.notice?.includes('"toString"')], ['unknown', true]);
		const responses = await heard('responses', {
			type: 'response.incomplete',
			response: { status: 'incomplete', incomplete_details: { reason: 'weather' } },
		});
		assert.deepEqual([responses.stopReason, responses.notice?.includes('"weather"')], ['unknown', true]);
	});

	describe('with a server', () => {
		let wire: WireServer;
		before(async () => {
			wire = await WireServer.start();
		});
		after(() => wire.stop());
		beforeEach(() => wire.reset());
		const run = async (model: string, lines: string[] = []) => {
			const log = { debug: (line: string) => lines.push(line), warn: (line: string) => lines.push(line) };
			return collect(wiredModels(wire, { log, maxRetries: 0 }).run(runRequest({ model })));
		};
		const textOf = (parts: Awaited<ReturnType<typeof run>>) =>
			parts.map((part) => (part.type === 'text' ? part.text : '')).join('');

		it('a stream is one whatever its type is called, a byte order mark before it', async () => {
			for (const type of [
				'application/json',
				'text/html; charset=utf-8',
				'text/plain',
				'application/octet-stream',
			]) {
				for (const [api, id] of [
					['chat', 'local'],
					['anthropic', 'anthropic'],
					['responses', 'openai'],
				] as const) {
					const pieces = wire.script[api]({ text: 'Sand.' });
					wire.reply(api, {
						headers: { 'content-type': type },
						body: ['\ufeff\n\n', ...pieces],
						chunkBytes: 1000,
					});
					const parts = await run(`${id}/m`);
					assert.deepEqual(
						[textOf(parts), parts.at(-1)],
						['Sand.', { type: 'done', stopReason: 'stop' }],
						type,
					);
				}
			}
		});

		it('an answer that comes whole is an answer, and the log says so', async () => {
			const calls = [{ id: 'c', type: 'function', function: { name: 'find', arguments: '{"q":"sand"}' } }];
			const whole = {
				chat: {
					choices: [
						{
							message: { role: 'assistant', content: 'Sand.', tool_calls: calls },
							finish_reason: 'tool_calls',
						},
					],
					usage: { prompt_tokens: 2, completion_tokens: 1 },
				},
				anthropic: {
					type: 'message',
					content: [
						{ type: 'text', text: 'Sand.' },
						{ type: 'tool_use', id: 'c', name: 'find', input: { q: 'sand' } },
					],
					stop_reason: 'tool_use',
					usage: { input_tokens: 2, output_tokens: 1 },
				},
				responses: {
					status: 'completed',
					output: [
						{ type: 'message', content: [{ type: 'output_text', text: 'Sand.' }] },
						{ type: 'function_call', call_id: 'c', name: 'find', arguments: '{"q":"sand"}' },
					],
					usage: { input_tokens: 2, output_tokens: 1 },
				},
			};
			for (const [api, id] of [
				['chat', 'local'],
				['anthropic', 'anthropic'],
				['responses', 'openai'],
			] as const) {
				for (const type of ['application/json', 'text/event-stream']) {
					const lines: string[] = [];
					wire.reply(api, {
						headers: { 'content-type': type },
						body: JSON.stringify(whole[api], null, 1),
						chunkBytes: 7,
					});
					const parts = await run(`${id}/m`, lines);
					assert.equal(textOf(parts), 'Sand.', api);
					assert.deepEqual(
						parts.flatMap((part) => (part.type === 'tool-call' ? [part.input] : [])),
						[{ q: 'sand' }],
					);
					assert.ok(parts.some((part) => part.type === 'usage' && part.outputTokens === 1));
					assert.match(lines.join('\n'), /the answer was not streamed/);
				}
			}
		});

		it('another model than was asked is told, and priced as itself', async () => {
			const fallback = { type: 'fallback', from: { model: 'claude-a' }, to: { model: 'claude-b' } };
			const events = [
				{ type: 'message_start', message: { model: 'claude-a', usage: { input_tokens: 1_000_000 } } },
				{ type: 'content_block_start', index: 0, content_block: fallback },
				{ type: 'content_block_start', index: 1, content_block: { type: 'text', text: 'Sand.' } },
				{ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 0 } },
				{ type: 'message_stop' },
			];
			wire.reply('anthropic', { body: events.map((event) => sse(event, event.type)) });
			const prices = {
				'anthropic/claude-a': { input: 1, output: 1 },
				'anthropic/claude-b': { input: 5, output: 5 },
			};
			const parts = await collect(wiredModels(wire, { prices }).run(runRequest({ model: 'anthropic/claude-a' })));
			assert.deepEqual(
				parts.filter(({ type }) => type === 'answered'),
				[{ type: 'answered', model: 'anthropic/claude-b' }],
			);
			assert.ok(parts.some((part) => part.type === 'usage' && part.costUsd === 5));
			for (const [api, id] of [
				['chat', 'local'],
				['responses', 'openai'],
			] as const) {
				wire.reply(api, wire.script[api]({ text: 'Sand.' }, 'other'));
				wire.reply(api, wire.script[api]({ text: 'Sand.' }, 'm-2026-01-31'));
				const answered = [...(await run(`${id}/m`)), ...(await run(`${id}/m`))].filter(
					({ type }) => type === 'answered',
				);
				assert.deepEqual(
					answered,
					[{ type: 'answered', model: `${id}/other` }],
					'a dated snapshot is the model',
				);
			}
		});

		it('a model that is named before an error does not keep the request from being sent again', async () => {
			wire.reply('chat', wire.script.chat({ error: { type: 'overloaded_error', message: 'busy' } }, 'other'));
			const parts = await collect(wiredModels(wire).run(runRequest({ model: 'local/m' })));
			assert.deepEqual([wire.requestsTo('chat').length, textOf(parts)], [2, 'Hello.']);
		});
	});

	it('knows a model under its other names', () => {
		const same = [
			['claude-sonnet-4-5', 'claude-sonnet-4-5-20250929'],
			['gpt-5.5', 'gpt-5.5-2026-03-01'],
			['mistral-large-latest', 'mistral-large-2407'],
			['llama3', 'llama3:latest'],
			['Qwen3', 'models/qwen3.gguf'],
			['vendor/model:free', 'vendor/model'],
			['model', 'accounts/x/models/model'],
		] as const;
		const others = [
			['claude-fable-5', 'claude-opus-4-8'],
			['gpt-5.5', 'gpt-5.5-mini'],
			['llama3:8b', 'llama3:70b'],
			['gpt-5.5-2026-03-01', 'gpt-5.5-2025-12-01'],
			['router/auto', 'vendor/model'],
		] as const;
		for (const [asked, answered] of same) {
			assert.ok(isSameModel(asked, answered), `${asked} ${answered}`);
		}
		for (const [asked, answered] of others) {
			assert.ok(!isSameModel(asked, answered), `${asked} ${answered}`);
		}
	});
});
