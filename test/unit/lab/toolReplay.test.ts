import assert from 'node:assert/strict';
import type { FixtureMessage } from '../../../src/common/api.ts';
import { replaceableTurns } from '../../../src/common/labState.ts';
import { wiredApis, wiredModels } from '../../support/wire/wiredModels.ts';
import { WireServer } from '../../support/wire/wireServer.ts';
import {
	answer,
	assistant,
	conversationFixture,
	openSession,
	scriptedModels,
	settled,
	transcript,
	user,
} from './support.ts';

/** Tools called within one turn, in a turn of their own, and answered in a message of the user. */
const withTools: FixtureMessage[] = [
	user('Find p-values.'),
	{
		role: 'assistant',
		thinking: 'secret',
		content: [
			{ type: 'text', text: 'I search.' },
			{ type: 'tool-call', id: 'call-1', name: 'search', input: { query: 'p' } },
			{ type: 'tool-result', id: 'call-1', name: 'search', content: 'two {{hits}}' },
			{ type: 'text', text: 'Two.' },
		],
	},
	user('And q?'),
	{ role: 'assistant', content: [{ type: 'tool-call', id: 'call-2', name: 'search', input: { query: 'q' } }] },
	{ role: 'user', content: [{ type: 'tool-result', id: 'call-2', content: 'no hit', isError: true }] },
	{ role: 'assistant', content: [{ type: 'tool-call', id: 'call-3', name: 'list' }] },
	assistant('Nothing on q.'),
	user('Thanks. And r?'),
	assistant('No.'),
];

/** Every object within a request's body. */
function objects(value: unknown): Record<string, unknown>[] {
	if (typeof value !== 'object' || value === null) {
		return [];
	}
	const inside = Object.values(value).flatMap(objects);
	return Array.isArray(value) ? inside : [value as Record<string, unknown>, ...inside];
}

describe('a conversation that called tools, replayed', () => {
	let wire: WireServer;

	before(async () => {
		wire = await WireServer.start();
	});
	after(() => wire.stop());
	beforeEach(() => wire.reset());

	for (const { api, id } of wiredApis) {
		it(`is sent as plain turns to the API ${api}, which would refuse calls without their tools`, async () => {
			const session = openSession(wiredModels(wire), conversationFixture(withTools), { model: `${id}/m` });
			for (const turn of [1, 3, 5, 8]) {
				session.choose('0/0', turn);
				await session.regenerate('0/0');
				await settled(session);
			}
			await session.continueRecorded('0/0', 'More?');
			await settled(session);
			assert.deepEqual(
				session.state.takes.map(({ steps }) => steps.map(({ status }) => status)),
				Array(5).fill(['complete']),
			);
			const bodies = wire.requestsTo(api).map(({ json }) => json as Record<string, unknown>);
			assert.equal(bodies.length, 5);
			for (const body of bodies) {
				const turns = ((body['messages'] ?? body['input']) as { role: string }[])
					.map(({ role }) => role)
					.filter((role) => role === 'user' || role === 'assistant');
				assert.deepEqual([turns[0], turns.at(-1)], ['user', 'user']);
				// Responses has an item for each text.
				assert.ok(api === 'responses' || turns.every((role, index) => role !== turns[index + 1]), turns.join());
				assert.equal(body['tools'], undefined);
				assert.doesNotMatch(JSON.stringify(body), /secret/);
				for (const part of objects(body)) {
					assert.doesNotMatch(String(part['type']), /tool|function/);
					assert.equal(part['tool_calls'], undefined);
				}
			}
			const last = JSON.stringify(bodies.at(-1));
			for (const said of [
				'Tool call: search',
				'two {{hits}}',
				'Tool result (error)',
				'no hit',
				'Tool call: list',
			]) {
				assert.ok(last.includes(said), said);
			}
			session.dispose();
		});
	}

	for (const { api, id } of wiredApis) {
		it(`offers its tools over the API ${api} if it is asked to, and answers calls as recorded`, async () => {
			const call = (input: unknown) => wire.script[api]({ toolCalls: [{ name: 'search', input }] });
			wire.reply(api, call({ query: 'p' }));
			wire.reply(api, call({ query: 'p', limit: 3 }));
			wire.reply(api, call({ query: 'unheard of' }));
			wire.reply(api, wire.script[api]({ text: 'Done.' }));
			const session = openSession(wiredModels(wire), conversationFixture(withTools), {
				model: `${id}/m`,
				tools: 'recorded',
			});
			session.choose('0/0', 8);
			await session.regenerate('0/0');
			await settled(session);
			const [step] = session.state.takes[0]?.steps ?? [];
			assert.equal(step?.status, 'complete');
			const results = step.turn.blocks.flatMap((block) =>
				block.type === 'tool' ? [[block.result?.summary, block.result?.isError ?? false]] : [],
			);
			assert.deepEqual(results, [
				['two {{hits}}', false],
				['two {{hits}}', false],
				['This call was not recorded', true],
			]);
			const bodies = wire.requestsTo(api).map(({ text }) => text);
			assert.equal(bodies.length, 4);
			const first = objects(JSON.parse(bodies[0] ?? ''));
			const names = first.filter(({ name }) => name === 'search' || name === 'list');
			assert.ok(names.length >= 2, 'both tools are offered');
			assert.doesNotMatch(bodies[0] ?? '', /Tool call:|secret/);
			assert.match(bodies[0] ?? '', /two \{\{hits\}\}/, 'recorded text is no template');
			assert.match(bodies[0] ?? '', /No result of this call was recorded/);
			assert.match(bodies[3] ?? '', /with these arguments was recorded/);
			session.dispose();
		});
	}

	it('is made anew from a turn that answers the user: what else the assistant said then belongs to it', async () => {
		assert.deepEqual(replaceableTurns(withTools), [1, 3, 5, 8]);
		assert.deepEqual(replaceableTurns([assistant('Hi'), assistant('there')]), []);
		const models = scriptedModels((_request, call) => answer(`n${call}`));
		const run = [user('q1'), assistant('a1'), assistant('a2'), user('q2'), assistant('a3')];
		const session = openSession(models, conversationFixture(run), { replay: 'cascading' });
		session.choose('0/0', 1);
		assert.throws(() => session.choose('0/0', 2), { code: 'validation' });
		await session.regenerate('0/0');
		await settled(session);
		assert.deepEqual(models.requests.map(transcript), [['user: q1'], ['user: q1', 'assistant: n1', 'user: q2']]);
		await session.continueRecorded('0/0', 'more');
		await settled(session);
		assert.deepEqual(transcript(models.requests[2]), ['user: q1', 'assistant: a1 + a2', 'user: more']);
		session.dispose();
	});
});
