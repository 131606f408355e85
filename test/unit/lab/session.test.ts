import assert from 'node:assert/strict';
import { AppError, isAppError } from '../../../src/common/errors.ts';
import { reduceLab, type LabChange, type LabState } from '../../../src/common/labState.ts';
import type { LabContext } from '../../../src/lab/labContext.ts';
import type { LabSession } from '../../../src/lab/session.ts';
import {
	aborted,
	answer,
	conversationFixture,
	long,
	openSession,
	scriptedModels,
	settled,
	texts,
	transcript,
	user,
} from './support.ts';

describe('LabSession', () => {
	it('regenerates the last assistant turn under the edited prompt and leaves the recording as it is', async () => {
		const models = scriptedModels(() => answer('new'));
		const fixture = conversationFixture(long);
		const before = structuredClone(fixture);
		const session = openSession(models, fixture);
		session.edit({ part: 'instructions', section: 0 }, 'Be short.');
		await session.regenerate('0/0');
		await settled(session);
		assert.equal(models.requests[0]?.system, 'Base.\n\nBe short.\n\nContext.');
		assert.deepEqual(transcript(models.requests[0]), [
			'user: q1',
			'assistant: a1',
			'user: q2',
			'assistant: a2',
			'user: q3',
		]);
		assert.ok(!JSON.stringify(models.requests).includes('secret'));
		assert.deepEqual(texts(session.state), ['new']);
		assert.equal(session.state.takes[0]?.steps[0]?.status, 'complete');
		assert.deepEqual(session.state.fixture, before);
	});

	it('takes an edit back when the text is the recorded one, and when it is reset', () => {
		const session = openSession(
			scriptedModels(() => []),
			conversationFixture(long),
		);
		session.edit({ part: 'base' }, 'Other.');
		session.edit({ part: 'context', section: 0 }, '');
		assert.equal(session.prompt(0), 'Other.\n\nInstructions.');
		assert.equal(session.recordedPrompt(0), 'Base.\n\nInstructions.\n\nContext.');
		session.edit({ part: 'base' }, 'Base.');
		session.edit({ part: 'context', section: 0 }, null);
		assert.deepEqual(session.state.edits, { sections: { 0: {} } });
		assert.throws(
			() => session.edit({ part: 'context', section: 9 }, 'x'),
			(error) => isAppError(error, 'not-found'),
		);
	});

	it('regenerates an earlier turn that was chosen, and refuses a user turn', async () => {
		const models = scriptedModels(() => answer('new'));
		const session = openSession(models, conversationFixture(long));
		session.choose('0/0', 1);
		await session.regenerate('0/0');
		await settled(session);
		assert.deepEqual(transcript(models.requests[0]), ['user: q1']);
		assert.throws(
			() => session.choose('0/0', 2),
			(error) => isAppError(error, 'validation'),
		);
		assert.throws(
			() => session.choose('7/7', 1),
			(error) => isAppError(error, 'not-found'),
		);
	});

	it('answers a conversation that ends with the user', async () => {
		const models = scriptedModels(() => answer('first'));
		const session = openSession(models, conversationFixture([user('q')]));
		await session.regenerate('0/0');
		await settled(session);
		assert.deepEqual(texts(session.state), ['first']);
		await assert.rejects(session.continueRecorded('0/0', 'more'), (error) => isAppError(error, 'validation'));
	});

	it('frozen: makes later turns anew, each after the recorded conversation', async () => {
		const models = scriptedModels((_request, call) => answer(`n${call}`));
		const session = openSession(models, conversationFixture(long), { replay: 'frozen' });
		session.choose('0/0', 1);
		await session.regenerate('0/0');
		await settled(session);
		assert.deepEqual(texts(session.state), ['n1', 'n2', 'n3']);
		assert.deepEqual(transcript(models.requests[2]), [
			'user: q1',
			'assistant: a1',
			'user: q2',
			'assistant: a2',
			'user: q3',
		]);
	});

	it('cascading: the new answers flow on', async () => {
		const models = scriptedModels((_request, call) => answer(`n${call}`));
		const session = openSession(models, conversationFixture(long), { replay: 'cascading' });
		session.choose('0/0', 1);
		await session.regenerate('0/0');
		await settled(session);
		assert.deepEqual(transcript(models.requests[2]), [
			'user: q1',
			'assistant: n1',
			'user: q2',
			'assistant: n2',
			'user: q3',
		]);
	});

	it('a cascade ends at an answer that failed, frozen turns go on', async () => {
		const failing = () =>
			scriptedModels((_request, call) =>
				call === 1
					? [
							{ type: 'error', code: 'overloaded', message: 'Busy', retryable: true },
							{ type: 'done', stopReason: 'error' },
						]
					: answer('x'),
			);
		for (const [replay, statuses] of [
			['cascading', ['failed']],
			['frozen', ['failed', 'complete', 'complete']],
		] as const) {
			const session = openSession(failing(), conversationFixture(long), { replay });
			session.choose('0/0', 1);
			await session.regenerate('0/0');
			await settled(session);
			assert.deepEqual(
				session.state.takes[0]?.steps.map(({ status }) => status),
				statuses,
			);
		}
	});

	it('continues a regeneration with its own answers, and a recorded turn', async () => {
		const models = scriptedModels((_request, call) => answer(`n${call}`));
		const session = openSession(models, conversationFixture(long));
		const id = await session.regenerate('0/0');
		await settled(session);
		await session.continueTake(id, 'and then?');
		await settled(session);
		assert.deepEqual(transcript(models.requests[1]).slice(-3), ['user: q3', 'assistant: n1', 'user: and then?']);
		await session.continueRecorded('0/0', 'why?');
		await settled(session);
		assert.deepEqual(transcript(models.requests[2]).slice(-3), ['user: q3', 'assistant: a3', 'user: why?']);
		await session.continueTake('take2', 'ok');
		await settled(session);
		assert.deepEqual(transcript(models.requests[3]).slice(-4), [
			'assistant: a3',
			'user: why?',
			'assistant: n3',
			'user: ok',
		]);
		await assert.rejects(session.continueTake(id, '  '), (error) => isAppError(error, 'validation'));
	});

	it('announces every change, so that a copy of the state stays equal', async () => {
		const models = scriptedModels((_request, call) => answer(`n${call}`));
		const session = openSession(models, conversationFixture(long, long), { replay: 'cascading' });
		let copy: LabState = structuredClone(session.state);
		session.onDidChange((change: LabChange) => {
			copy = reduceLab(copy, structuredClone(change));
		});
		session.choose('0/0', 1);
		session.edit({ part: 'base' }, 'New base.');
		await session.regenerateAll();
		await settled(session);
		await session.continueTake('take1', 'more');
		await settled(session);
		session.dismiss('take2');
		assert.deepEqual(copy, session.state);
		assert.equal(copy.takes.length, 1);
	});

	it('keeps one copy of each prompt, and each take names its own', async () => {
		const session = openSession(
			scriptedModels(() => answer('x')),
			conversationFixture(long),
		);
		await session.regenerate('0/0');
		await session.regenerate('0/0');
		session.edit({ part: 'base' }, 'Other.');
		await session.regenerate('0/0');
		await settled(session);
		assert.deepEqual(
			session.state.takes.map(({ prompt }) => prompt),
			[0, 0, 1],
		);
		assert.equal(session.state.prompts.length, 2);
	});

	for (const [end, how] of [
		['stop', (session: LabSession) => session.stop()],
		['the end of the session', (session: LabSession) => session.dispose()],
	] as const) {
		it(`${end} ends the question for a model, and nothing runs`, async () => {
			const models = scriptedModels(() => answer('new'));
			const chooseModel: LabContext['chooseModel'] = async (_given, signal) => {
				assert.ok(signal);
				await aborted(signal);
				throw new AppError('cancelled', 'No model was chosen');
			};
			const session = openSession(models, conversationFixture(long), { model: null }, { chooseModel });
			session.choose('0/0', 3);
			const started = [
				session.regenerate('0/0'),
				session.regenerateAll(),
				session.continueRecorded('0/0', 'Why?'),
			];
			await new Promise((resolve) => setImmediate(resolve));
			how(session);
			for (const one of started) {
				await assert.rejects(one, { code: 'cancelled' });
			}
			assert.deepEqual([session.state.takes, models.requests], [[], []]);
		});
	}
});
