import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { foldParts } from '../../../src/common/foldParts.ts';
import type { TestResult } from '../../../src/common/model.ts';
import type { StreamPart } from '../../../src/common/streamParts.ts';
import { topicToolNames } from '../../../src/common/tools.ts';
import type { TestOptions } from '../../../src/common/api.ts';
import { wiredApis, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';
import { noTopics, testWorkshop, type TestWorkshop } from '../../support/workshop/testWorkshop.ts';

const text = 'You settle questions about orders with the tools that you have, and name the order that you mean.';
const getOrder = {
	name: 'get_order',
	description: 'Order by id',
	inputSchema: { properties: { id: { type: 'string' } } },
	results: [{ when: { id: '9' }, result: 'There is no order 9', isError: true }],
	result: '{"id":"{{args.id}}","state":"shipped"}',
};
const question: TestOptions = { testQuery: 'Where is my order 7?', topic: 'General' };

describe('the tools of a draft in its tests', () => {
	let wire: WireServer;
	let t: TestWorkshop;

	before(async () => {
		wire = await WireServer.start();
	});
	after(() => wire.stop());
	beforeEach(async () => {
		wire.reset();
		t = await testWorkshop({
			models: () => wiredModels(wire),
			topics: noTopics((topic) =>
				Promise.resolve({
					tools: (topic === 'General' ? [] : topicToolNames).map((name) => ({
						name,
						description: 'Searches',
						inputSchema: { type: 'object' },
						run: () => Promise.resolve({ content: 'nothing', summary: 'nothing' }),
					})),
					returned: new Set<string>(),
					checkCitations: () => Promise.resolve([]),
				}),
			),
		});
	});
	afterEach(() => t.dispose());

	async function draftWith(metadata: Record<string, unknown>, draftContent = text): Promise<number> {
		const now = new Date().toISOString();
		const draft = await t.store.write(({ drafts }) =>
			drafts.create({ draftName: 'Agent', draftContent, metadata, now }),
		);
		return draft.id;
	}

	async function test(draftId: number, options: TestOptions): Promise<{ parts: StreamPart[]; result: TestResult }> {
		const run = await t.workshop.test(draftId, options);
		const parts: StreamPart[] = [];
		for await (const part of run.parts()) {
			parts.push(part);
		}
		const part = parts.find(({ type }) => type === 'result');
		assert.ok(part?.type === 'result');
		return { parts, result: part.result };
	}

	const refusal = (draftId: number, options: TestOptions, field: string, message: RegExp) =>
		assert.rejects(
			t.workshop.test(draftId, options),
			(error) => isAppError(error, 'validation') && error.info.field === field && message.test(error.message),
		);

	for (const { api, id } of wiredApis) {
		it(`are offered over the API ${api}, answered as written, counted and stored`, async () => {
			const draftId = await draftWith({ kind: 'agent', tools: [getOrder] });
			wire.reply(api, wire.script[api]({ toolCalls: [{ id: 'c1', name: 'get_order', input: { id: '7' } }] }));
			wire.reply(api, wire.script[api]({ toolCalls: [{ id: 'c2', name: 'get_order', input: { id: '9' } }] }));
			wire.reply(api, wire.script[api]({ text: 'Order 7 is shipped.' }));
			const { parts, result } = await test(draftId, { ...question, model: `${id}/m` });
			const calls = foldParts(parts).blocks.filter(({ type }) => type === 'tool');
			assert.deepEqual(
				calls.map((block) => block.type === 'tool' && block.result),
				[
					{ summary: '{"id":"7","state":"shipped"}', endedAt: partTime(calls[0]) },
					{ summary: 'There is no order 9', isError: true, endedAt: partTime(calls[1]) },
				],
			);
			const bodies = wire.requestsTo(api).map((request) => request.text);
			assert.match(bodies[0] ?? '', /"get_order".*Order by id/);
			assert.match(bodies[0] ?? '', /"properties":\{"id":\{"type":"string"\}\}/);
			assert.ok(bodies[1]?.includes(JSON.stringify('{"id":"7","state":"shipped"}').slice(1, -1)), bodies[1]);
			assert.ok(bodies[2]?.includes('There is no order 9'));
			assert.deepEqual(result.toolsUsed, ['get_order']);
			assert.deepEqual(result.parameters['tools'], ['get_order']);
			assert.equal(result.articleCount, 0);
			assert.deepEqual(await t.store.read(({ results }) => results.get(result.testId)), result);
		});
	}

	it('stand beside those of the topic', async () => {
		const draftId = await draftWith({ tools: [getOrder] });
		wire.reply('chat', wire.script.chat({ text: 'Yes.' }));
		const { result } = await test(draftId, { ...question, topic: 'news', model: 'local/m' });
		assert.deepEqual(result.parameters['tools'], [...topicToolNames, 'get_order']);
		assert.deepEqual(result.toolsUsed, []);
		const { tools } = wire.requestsTo('chat')[0]?.json as { tools: { function: { name: string } }[] };
		assert.deepEqual(
			tools.map((tool) => tool.function.name),
			[...topicToolNames, 'get_order'],
		);
	});

	it('are refused before anything is sent if a tool of the topic has the name, or two of them', async () => {
		const clash = await draftWith({ tools: [{ ...getOrder, name: 'get_topic_articles' }] });
		const twice = await draftWith({ tools: [getOrder, getOrder] });
		await refusal(clash, { ...question, topic: 'news' }, 'tools', /"get_topic_articles".*topic "news"/);
		await refusal(twice, question, 'tools', /two tools "get_order"/);
		assert.equal((await t.store.read(({ results }) => results.list(clash))).length, 0);
		assert.deepEqual(wire.requests, []);
	});

	it('are none in the row of a test without any', async () => {
		const draftId = await draftWith({});
		wire.reply('chat', wire.script.chat({ text: 'Yes.' }));
		const { result } = await test(draftId, { ...question, model: 'local/m' });
		assert.equal(result.parameters['tools'], undefined);
		assert.equal((wire.requestsTo('chat')[0]?.json as { tools?: unknown }).tools, undefined);
	});

	describe('a prompt that is the message of the user', () => {
		const template = 'Translate this text into French, and give nothing but the translation: {{text}}';
		const metadata = { promptRole: 'user', variables: [{ name: 'text', type: 'text' }], tools: [getOrder] };
		const options = { topic: 'General', vars: { text: 'Good morning' }, model: 'local/m' };
		const sent = template.replace('{{text}}', 'Good morning');

		it('is all that is sent, and is stored as it was sent', async () => {
			const draftId = await draftWith(metadata, template);
			for (const storeFullResponse of [true, false]) {
				wire.reset();
				wire.reply('chat', wire.script.chat({ text: 'Bonjour' }));
				const { result } = await test(draftId, { ...options, storeFullResponse });
				const { messages } = wire.requestsTo('chat')[0]?.json as { messages: unknown[] };
				assert.deepEqual(messages, [{ role: 'user', content: sent }]);
				assert.equal(result.query, '');
				assert.equal(result.parameters['promptRole'], 'user');
				assert.equal(result.parameters['renderedQuery'], undefined);
				assert.equal(await t.workshop.testedPrompt(result.testId), sent);
				const stored = await t.workshop.response(result.testId);
				assert.deepEqual(
					stored && [stored.systemPrompt, stored.query],
					storeFullResponse ? ['', sent] : undefined,
				);
			}
		});

		it('takes no question beside it; a system prompt needs one', async () => {
			const draftId = await draftWith(metadata, template);
			await refusal(draftId, { ...options, testQuery: 'And now this?' }, 'testQuery', /message of the user/);
			await refusal(await draftWith({}), { topic: 'General' }, 'testQuery', /10 to 1000 characters/);
		});

		it('must not be empty', async () => {
			const draftId = await draftWith(metadata, `{{text}}${' '.repeat(60)}`);
			await refusal(draftId, { ...options, vars: { text: ' ' } }, 'draftContent', /empty/);
		});
	});

	it('are replaced by others, with a version if the user saves them', async () => {
		const draftId = await draftWith({ kind: 'agent', tags: ['a'] });
		const versions = () => t.store.read((repositories) => repositories.versions.list('draft', draftId));
		await t.workshop.setTools(draftId, [getOrder], { explicit: false });
		assert.equal((await versions()).length, 0);
		await t.workshop.setTools(draftId, [getOrder, { ...getOrder, name: 'other' }], { explicit: true });
		assert.equal((await versions()).length, 1);
		const { metadata } = await t.workshop.setTools(draftId, [], { explicit: true });
		assert.deepEqual(metadata, { kind: 'agent', tags: ['a'], tools: [] });
		const tools = (await versions()).map((version) => (version.metadata['tools'] as unknown[]).length);
		assert.deepEqual(tools, [0, 2]);
		await assert.rejects(t.workshop.setTools(draftId, [getOrder, getOrder], { explicit: true }), /two tools/);
	});
});

function partTime(block: ReturnType<typeof foldParts>['blocks'][number] | undefined): number | undefined {
	return block?.type === 'tool' ? block.result?.endedAt : undefined;
}
