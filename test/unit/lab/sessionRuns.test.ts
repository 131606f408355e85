import assert from 'node:assert/strict';
import { AppError, isAppError } from '../../../src/common/errors.ts';
import { turnText } from '../../../src/common/turn.ts';
import { initialLabState, type LabState } from '../../../src/common/labState.ts';
import { reviveLabState } from '../../../src/lab/reviveState.ts';
import { LabSession } from '../../../src/lab/session.ts';
import { until } from '../../support/eventually.ts';
import {
	aborted,
	answer,
	conversationFixture,
	labContext,
	labSettings,
	long,
	openSession,
	providedModels,
	scriptedModels,
	sent,
	settled,
	texts,
	transcript,
	user,
} from './support.ts';

describe('runs of a LabSession', () => {
	it('regenerates all, ten at a time, and an error in one leaves the others alone', async () => {
		let open = (): void => undefined;
		const gate = new Promise<void>((resolve) => (open = resolve));
		const { models, played } = providedModels(async function* (_request, call) {
			yield sent;
			await gate;
			if (call === 3) {
				yield { type: 'error', code: 'rate-limit', message: 'Slow down', retryable: true };
				yield { type: 'done', stopReason: 'error' };
			} else {
				yield* answer('ok');
			}
		});
		const session = openSession(models, conversationFixture(...Array.from({ length: 25 }, () => long)));
		const takes = await session.regenerateAll();
		const count = (status: string) => session.state.takes.filter(({ steps }) => steps[0]?.status === status).length;
		await until(() => count('streaming') === 10, 'ten requests');
		assert.equal(count('waiting'), 15);
		open();
		await settled(session);
		assert.equal(played.most, 10);
		assert.deepEqual(session.state.batch, { takes });
		const statuses = session.state.takes.map(({ steps }) => steps[0]?.status);
		assert.equal(statuses.filter((status) => status === 'complete').length, 24);
		assert.equal(statuses.filter((status) => status === 'failed').length, 1);
		assert.equal(
			session.state.takes.find(({ steps }) => steps[0]?.status === 'failed')?.steps[0]?.turn.error?.code,
			'rate-limit',
		);
	});

	it('shares the limit between panels of one provider', async () => {
		const { models, played } = providedModels(async function* () {
			await new Promise((resolve) => setImmediate(resolve));
			yield* answer('ok');
		});
		const context = labContext(models);
		const sessions = ['a', 'b'].map((prefix) => {
			let id = 0;
			const state = initialLabState(conversationFixture(...Array.from({ length: 8 }, () => long)), labSettings);
			return new LabSession(context, { state, newId: () => `${prefix}${++id}` });
		});
		await Promise.all(sessions.map((session) => session.regenerateAll()));
		await Promise.all(sessions.map(settled));
		assert.equal(played.most, 10);
	});

	it('retries an answer that failed: a follow-up with its question, a cascade from where it broke', async () => {
		const models = scriptedModels((_request, call) =>
			call === 2 || call === 5
				? [
						{ type: 'error', code: 'overloaded', message: 'Busy', retryable: true },
						{ type: 'done', stopReason: 'error' },
					]
				: answer(`n${call}`),
		);
		const session = openSession(models, conversationFixture(long), { replay: 'cascading' });
		session.choose('0/0', 1);
		const id = await session.regenerate('0/0');
		await settled(session);
		await session.retry(id);
		await settled(session);
		assert.deepEqual(texts(session.state), ['n1', 'n3', 'n4']);
		assert.deepEqual(transcript(models.requests[2]), transcript(models.requests[1]));
		await session.continueTake(id, 'more?');
		await settled(session);
		await session.retry(id);
		await settled(session);
		assert.deepEqual(texts(session.state), ['n1', 'n3', 'n4', 'n6']);
		assert.deepEqual(transcript(models.requests[5]).at(-1), 'user: more?');
		await assert.rejects(session.retry(id), (error) => isAppError(error, 'validation'));
	});

	it('tells how each answer ended; a cascade goes on after any that the model ended itself', async () => {
		const reasons = ['length', 'refusal', 'stop'] as const;
		const models = scriptedModels((_request, call) => [
			{ type: 'text', id: 'a', text: `n${call}` },
			{ type: 'done', stopReason: reasons[call - 1] ?? 'stop' },
		]);
		const session = openSession(models, conversationFixture(long), { replay: 'cascading' });
		session.choose('0/0', 1);
		await session.regenerate('0/0');
		await settled(session);
		assert.deepEqual(
			session.state.takes[0]?.steps.map(({ status }) => status),
			['truncated', 'refused', 'complete'],
		);
	});

	it('takes a tool call for the first token, as well as thinking and text', async () => {
		const models = scriptedModels(() => [
			{ type: 'tool-call', id: 'c', name: 'search', input: {} },
			{ type: 'done', stopReason: 'tools' },
		]);
		const session = openSession(models, conversationFixture(long));
		session.choose('0/0', 1);
		await session.regenerate('0/0');
		await settled(session);
		const [step] = session.state.takes[0]?.steps ?? [];
		assert.equal(step?.status, 'tools');
		assert.ok(step.firstPartMs !== undefined);
	});

	it('stops one or all; what arrived stays, what waited is stopped', async () => {
		const { models, played } = providedModels(async function* ({ signal }) {
			yield { type: 'text', id: 'a', text: 'half' };
			await aborted(signal);
			yield { type: 'done', stopReason: 'cancelled' };
		});
		const session = openSession(models, conversationFixture(...Array.from({ length: 12 }, () => long)));
		const [first = ''] = await session.regenerateAll();
		await until(() => texts(session.state)?.[0] === 'half', 'the first answer');
		session.stop(first);
		await until(() => played.requests.length === 11, 'the next in line');
		assert.deepEqual(
			session.state.takes[0]?.steps.map(({ status, turn }) => [status, turnText(turn)]),
			[['stopped', 'half']],
		);
		assert.equal(played.running, 10);
		session.stop();
		await settled(session);
		assert.equal(played.running, 0);
		assert.deepEqual([...new Set(session.state.takes.map(({ steps }) => steps[0]?.status))], ['stopped']);
	});

	it('dismisses a take, also one that runs, and puts it back in its place', async () => {
		const models = scriptedModels(async function* ({ signal }) {
			yield { type: 'text', id: 'a', text: 'half' };
			await aborted(signal);
			yield { type: 'done', stopReason: 'cancelled' };
		});
		const session = openSession(models, conversationFixture(long), { replay: 'cascading' });
		session.choose('0/0', 1);
		const id = await session.regenerate('0/0');
		await until(() => texts(session.state)?.[0] === 'half', 'the first half');
		const other = await session.regenerate('0/0');
		const putBack = session.dismiss(id);
		assert.throws(() => session.dismiss(id), /This regeneration was dismissed/);
		await until(() => models.running === 1, 'the dismissed take to stop');
		assert.deepEqual(
			session.state.takes.map((take) => take.id),
			[other],
		);
		assert.equal(models.requests.length, 2);
		putBack();
		session.stop();
		await settled(session);
		assert.deepEqual(
			session.state.takes.map((take) => [
				take.id,
				take.steps.map(({ status, turn }) => [status, turnText(turn)]),
			]),
			[
				[id, [['stopped', 'half']]],
				[other, [['stopped', 'half']]],
			],
		);
	});

	it('runs a matrix of prompts, turns and thinking levels', async () => {
		const models = scriptedModels((request) => answer(`${request.system} ${request.thinking}`));
		const session = openSession(models, conversationFixture(long, [user('only')]));
		await session.startMatrix({
			prompts: [
				{ label: 'edited', text: (section) => session.prompt(section) },
				{ label: 'bare', text: () => 'Bare.' },
			],
			columns: ['0/0', '0/1'],
			turns: 'all',
			thinking: ['off', 'high'],
		});
		await settled(session);
		assert.equal(session.state.matrix?.rows.length, 8);
		assert.equal(session.state.takes.length, 16);
		const cell = session.state.takes.find(({ matrix }) => matrix?.row === 1 && matrix.prompt === 1);
		assert.equal(turnText(cell!.steps[0]!.turn), 'Bare. high');
		await session.startMatrix({
			prompts: [{ label: 'one', text: () => 'One.' }],
			columns: ['0/1'],
			turns: 'chosen',
			thinking: ['off'],
		});
		await settled(session);
		assert.equal(session.state.takes.length, 1);
	});

	it('refuses a matrix above the cap or without cells, and sends nothing', async () => {
		const models = scriptedModels(() => answer('x'));
		const session = openSession(models, conversationFixture(...Array.from({ length: 101 }, () => long)));
		const prompt = { label: 'p', text: () => 'P.' };
		const columns = session.columns().map(({ column }) => column);
		const options = { prompts: [prompt], columns, turns: 'chosen', thinking: ['off', 'low'] } as const;
		for (const bad of [options, { ...options, columns: [] }]) {
			await assert.rejects(
				session.startMatrix({ ...bad, prompts: [prompt], thinking: ['off', 'low'] }),
				(error) => isAppError(error, 'validation'),
			);
		}
		assert.equal(models.requests.length, 0);
	});

	it('asks for access before each run', async () => {
		const denied = new AppError('access-denied', 'no');
		const models = scriptedModels(() => answer('x'));
		const session = openSession(
			models,
			conversationFixture(long),
			{},
			{ requireFacilitator: () => Promise.reject(denied) },
		);
		const calls = [
			session.regenerate('0/0'),
			session.regenerateAll(),
			session.continueTake('x', 'q'),
			session.continueRecorded('0/0', 'q'),
			session.retry('x'),
			session.startMatrix({ prompts: [], columns: [], turns: 'all', thinking: [] }),
			session.score(),
		];
		for (const call of calls) {
			await assert.rejects(call, denied);
		}
		assert.equal(models.requests.length, 0);
	});

	it('marks what still ran as interrupted when a kept state is read again', async () => {
		const models = scriptedModels(async function* ({ signal }, call) {
			yield { type: 'text', id: 'a', text: 'half' };
			if (call > 1) {
				await aborted(signal);
			}
			yield { type: 'done', stopReason: 'stop' };
		});
		const session = openSession(models, conversationFixture(long, long));
		await session.regenerateAll();
		const begun = () => session.state.takes.map((_, take) => texts(session.state, take)?.[0]);
		await until(() => begun().every((text) => text === 'half'), 'both to begin');
		await until(() => session.state.takes[0]?.steps[0]?.status === 'complete', 'the first to end');
		const revived = reviveLabState(JSON.parse(JSON.stringify(session.state)) as LabState);
		session.dispose();
		assert.deepEqual(
			revived.takes.map(({ steps }) => steps[0]?.status),
			['complete', 'interrupted'],
		);
		assert.equal(turnText(revived.takes[1]!.steps[0]!.turn), 'half');
	});
});
