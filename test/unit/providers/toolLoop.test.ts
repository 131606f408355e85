import assert from 'node:assert/strict';
import { foldParts } from '../../../src/common/foldParts.ts';
import type { NativeBlocks } from '../../../src/common/model.ts';
import type { Tool } from '../../../src/common/tools.ts';
import type { StreamPart } from '../../../src/common/streamParts.ts';
import type { Models, RunPart } from '../../../src/providers/provider.ts';
import { until } from '../../support/eventually.ts';
import { sleep } from '../../support/sleep.ts';
import { collect, runRequest, wiredApis, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';

function tool(name: string, run: Tool['run']): Tool {
	return { name, description: `The tool ${name}`, inputSchema: { type: 'object', properties: {} }, run };
}

const search = tool('search', async (input) => ({
	content: `found ${JSON.stringify(input)}`,
	summary: '2 articles',
	articleCount: 2,
}));

describe('Tool loop', () => {
	let wire: WireServer;
	let models: Models;

	before(async () => {
		wire = await WireServer.start();
	});
	after(() => wire.stop());
	beforeEach(() => {
		wire.reset();
		models = wiredModels(wire);
	});

	const visible = (parts: readonly RunPart[]) =>
		parts.filter(
			(part): part is Exclude<RunPart, { type: 'native' | 'request' }> =>
				part.type !== 'native' && part.type !== 'request',
		);
	const results = (parts: readonly RunPart[]) => parts.filter((part) => part.type === 'tool-result');

	for (const { api, id } of wiredApis) {
		const model = `${id}/m`;

		it(`${id}: parallel calls run side by side and one answer follows`, async () => {
			const running = new Set<string>();
			let most = 0;
			const slow = tool('slow', async (input) => {
				const { ms } = input as { ms: number };
				running.add(String(ms));
				most = Math.max(most, running.size);
				await sleep(ms, 'the work of the tool');
				running.delete(String(ms));
				return { content: `waited ${ms}`, summary: `${ms} ms` };
			});
			const toolCalls = [
				{ name: 'slow', input: { ms: 40 } },
				{ name: 'slow', input: { ms: 5 } },
			];
			wire.reply(
				api,
				wire.script[api]({ thinking: 'Two.', text: 'Wait.', toolCalls, usage: { input: 10, output: 5 } }),
			);
			wire.reply(api, wire.script[api]({ thinking: 'Good.', text: 'Done.', usage: { input: 30, output: 7 } }));
			const parts = await collect(models.run(runRequest({ model, tools: [slow] })));
			assert.equal(most, 2);
			assert.deepEqual(
				visible(parts).map(({ type }) => type),
				[
					'thinking',
					'text',
					'tool-call',
					'tool-call',
					'tool-result',
					'tool-result',
					'thinking',
					'text',
					'usage',
					'done',
				],
			);
			assert.deepEqual(
				results(parts).map(({ summary }) => summary),
				['5 ms', '40 ms'],
			);
			const usage = parts.find((part) => part.type === 'usage');
			assert.equal(usage?.inputTokens, 40);
			assert.equal(usage?.outputTokens, 12);
			const turn = foldParts(visible(parts) as StreamPart[]);
			assert.equal(turn.blocks.length, 6);
			assert.equal(new Set(turn.blocks.map((block) => block.id)).size, 6, 'block ids are unique over the rounds');
			// The results go back in the order of the calls, whichever was ready first.
			const sent = wire.requestsTo(api)[1]!.text;
			assert.ok(sent.indexOf('waited 40') < sent.indexOf('waited 5"'), sent);
		});

		it(`${id}: an unknown tool, arguments that are no JSON and a tool that throws are told to the model [attack 12]`, async () => {
			const broken = tool('broken', async () => {
				throw new Error('disk full');
			});
			const toolCalls = [
				{ name: 'nothing' },
				{ name: 'search', input: '{"query": ' },
				{ name: 'broken', input: {} },
				{ name: 'search' },
			];
			wire.reply(api, wire.script[api]({ toolCalls }));
			wire.reply(api, wire.script[api]({ text: 'I see.' }));
			const parts = await collect(models.run(runRequest({ model, tools: [search, broken] })));
			assert.deepEqual(
				new Set(results(parts).map(({ summary, isError }) => `${summary} ${isError}`)),
				new Set([
					'Unknown tool true',
					'The arguments were not valid JSON true',
					'Failed: disk full true',
					'2 articles undefined',
				]),
			);
			const call = parts.filter((part) => part.type === 'tool-call')[1];
			assert.equal(call?.input, '{"query": ');
			assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'stop' });
			const sent = wire.requestsTo(api)[1]!.text;
			for (const told of ['There is no tool', 'not a JSON object', 'disk full', 'found {}']) {
				assert.ok(sent.includes(told), told);
			}
		});

		it(`${id}: a model that never stops calling is stopped after the rounds that are allowed`, async () => {
			wire.always(api, wire.script[api]({ toolCalls: [{ name: 'search', input: { query: 'x' } }] }));
			const parts = await collect(models.run(runRequest({ model, tools: [search], maxRounds: 3 })));
			wire.always(api, wire.script[api]({ text: 'Hello.' }));
			assert.equal(wire.requestsTo(api).length, 3);
			const ids = parts.filter((part) => part.type === 'tool-call').map((part) => part.id);
			assert.equal(new Set(ids).size, 3, 'a server that uses an id twice still gets unique parts');
			assert.match(parts.find((part) => part.type === 'error')?.message ?? '', /asked for tools 3 times/);
			assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'error' });
		});

		it(`${id}: a call where no tools were offered is shown and ends the run`, async () => {
			wire.always(api, wire.script[api]({ text: 'Let me look.', toolCalls: [{ name: 'search', input: {} }] }));
			const parts = await collect(models.run(runRequest({ model })));
			wire.always(api, wire.script[api]({ text: 'Hello.' }));
			assert.equal(wire.requestsTo(api).length, 1, 'asked once');
			assert.deepEqual(
				visible(parts).map(({ type }) => type),
				['text', 'tool-call', 'usage', 'done'],
			);
			assert.ok(!parts.some(({ type }) => type === 'native'), 'a call without a result is not sent back');
			assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'tools' });
		});

		it(`${id}: the rounds of a run are sent back byte-identical in the next turn, and after a change of model as text`, async () => {
			const answer = {
				thinking: 'Hm 🔍',
				signature: 'c2ln+/==',
				text: 'Let me look.',
				toolCalls: [{ name: 'search', input: { b: 1, a: 'é' } }],
			};
			wire.reply(api, wire.script[api](answer));
			wire.reply(api, wire.script[api]({ thinking: 'Now I know', signature: 'ZW5k', text: 'It is so.' }));
			const first = runRequest({ model, tools: [search] });
			const parts = await collect(models.run(first));
			const natives = parts.filter((part) => part.type === 'native');
			assert.equal(natives.length, 1);
			const native = JSON.parse(JSON.stringify(natives[0]!.native)) as NativeBlocks;
			const next = (changes: Partial<typeof first>) =>
				runRequest({
					...first,
					messages: [
						...first.messages,
						{ role: 'assistant', content: [{ type: 'text', text: 'It is so.' }], native },
						{ role: 'user', content: [{ type: 'text', text: 'Why?' }] },
					],
					...changes,
				});
			await collect(models.run(next({})));
			const [, second, third] = wire.requestsTo(api);
			const turns = (text: string) => {
				const json = JSON.parse(text) as { messages?: unknown[]; input?: unknown[] };
				return (json.messages ?? json.input ?? []).map((turn) => JSON.stringify(turn));
			};
			const before = turns(second!.text);
			assert.deepEqual(turns(third!.text).slice(0, before.length), before);
			assert.ok(third!.text.includes(api === 'chat' ? 'Now I know' : 'ZW5k'));
			for (const changes of [{ model: `${id}/other` }, { tools: [] }]) {
				await collect(models.run(next(changes)));
				const { text } = wire.requestsTo(api).at(-1)!;
				assert.ok(!text.includes('c2ln') && !text.includes('Let me look'), 'nothing of the rounds is left');
				assert.ok(text.includes('It is so.'));
			}
		});

		it(`${id}: an abort while a tool runs ends at once; the tool is told`, async () => {
			const controller = new AbortController();
			let told = false;
			const endless = tool('endless', (_input, signal) => {
				signal.addEventListener('abort', () => (told = true));
				return new Promise(() => undefined);
			});
			wire.reply(api, wire.script[api]({ toolCalls: [{ name: 'endless', input: {} }] }));
			const parts: RunPart[] = [];
			const running = (async () => {
				for await (const part of models.run(
					runRequest({ model, tools: [endless], signal: controller.signal }),
				)) {
					parts.push(part);
				}
			})();
			await until(() => parts.some(({ type }) => type === 'tool-call'), 'the call');
			controller.abort();
			await running;
			assert.ok(told);
			assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'cancelled' });
			assert.equal(results(parts).length, 0);
			assert.equal(wire.requestsTo(api).length, 1);
		});
	}

	it('does not run the calls of an answer that was cut off by the limit', async () => {
		wire.reply(
			'anthropic',
			wire.script.anthropic({ toolCalls: [{ name: 'search', input: '{"que' }], stop: 'max_tokens' }),
		);
		const parts = await collect(models.run(runRequest({ model: 'anthropic/m', tools: [search] })));
		assert.equal(results(parts).length, 0);
		assert.ok(!parts.some(({ type }) => type === 'native'), 'a call without a result is not sent back');
		assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'length' });
	});

	it('goes on after pause_turn with the same turn and no results', async () => {
		wire.reply('anthropic', wire.script.anthropic({ text: 'Working', stop: 'pause_turn' }));
		wire.reply('anthropic', wire.script.anthropic({ text: ' and done.' }));
		const parts = await collect(models.run(runRequest({ model: 'anthropic/m' })));
		assert.equal(
			parts
				.filter((part) => part.type === 'text')
				.map((part) => part.text)
				.join(''),
			'Working and done.',
		);
		const { messages } = wire.requestsTo('anthropic')[1]!.json as { messages: { role: string }[] };
		assert.deepEqual(
			messages.map(({ role }) => role),
			['user', 'assistant'],
		);
		assert.deepEqual(parts.at(-1), { type: 'done', stopReason: 'stop' });
	});

	it('leaves a count out that one of the rounds did not report', async () => {
		const pieces = wire.script.chat({ toolCalls: [{ name: 'search', input: {} }] }) as string[];
		wire.reply(
			'chat',
			pieces.filter((piece) => !piece.includes('"usage"')),
		);
		wire.reply('chat', wire.script.chat({ text: 'ok', usage: { input: 30, output: 7 } }));
		const parts = await collect(models.run(runRequest({ model: 'local/m', tools: [search] })));
		assert.ok(!parts.some(({ type }) => type === 'usage'));
	});

	it('adds the cost of the rounds by the price of the user, and shows none without a price', async () => {
		const prices = { 'local/m': { input: 2, output: 10, cachedInput: 1 } };
		for (const [given, cost] of [
			[prices, (10 * 2 + 5 * 10) / 1e6 + (30 * 2 + 7 * 10) / 1e6],
			[{}, undefined],
		] as const) {
			wire.reply(
				'chat',
				wire.script.chat({ toolCalls: [{ name: 'search', input: {} }], usage: { input: 10, output: 5 } }),
			);
			wire.reply('chat', wire.script.chat({ text: 'ok', usage: { input: 30, output: 7 } }));
			const parts = await collect(
				wiredModels(wire, { prices: given }).run(runRequest({ model: 'local/m', tools: [search] })),
			);
			assert.equal(parts.find((part) => part.type === 'usage')?.costUsd, cost);
		}
	});
});
