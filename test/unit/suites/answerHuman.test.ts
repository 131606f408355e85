import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import type { Trial } from '../../../src/common/suiteModel.ts';
import { answerHuman } from '../../../src/suites/answerHuman.ts';
import { gradeAnswer } from '../../../src/suites/gradeAnswer.ts';
import type { RenderedAssertion } from '../../../src/suites/graders/grader.ts';
import { assertion, graderContext } from '../../support/suites/gradeWith.ts';

const kind = assertion('human', { value: 'Is it kind?' });
const contains = assertion('contains', { value: 'a' });

/** A trial as a run stores it: an answer of the text "a". */
async function trialOf(assert: RenderedAssertion[], threshold?: number) {
	const graded = await gradeAnswer(assert, threshold, graderContext('a'));
	const trial: Trial = {
		trialId: 't',
		case: { name: 'c', hash: 'h', index: 0 },
		variant: 'v',
		repeat: 1,
		output: 'a',
		latencyMs: null,
		timeToFirstTokenMs: null,
		usage: null,
		costUsd: null,
		reused: false,
		endedAt: '2026-11-20T10:00:00.000Z',
		...graded,
		...(graded.verdict === 'error' && { error: { code: 'validation', message: 'waits', retryable: false } }),
	};
	return { trial, graded: { assert, ...(threshold !== undefined && { threshold }) } };
}

describe('human', () => {
	it('is neither a pass nor a failure before the user has answered, nor enters a mean', async () => {
		for (const [assert_, threshold] of [
			[[kind, contains], undefined],
			[[kind, contains], 0.5],
			[[{ ...kind, negate: true }], undefined],
			[[assertion('assert-set', { members: [kind, contains] })], undefined],
		] as const) {
			const { trial } = await trialOf([...assert_], threshold);
			assert.equal(trial.verdict, 'error');
			assert.ok(trial.assertions.some(({ open }) => open));
		}
		const { trial } = await trialOf([kind, contains]);
		assert.deepEqual([trial.score, trial.assertions[0]?.reason], [1, 'Waits for your rating: Is it kind?']);
	});

	it('that does not decide leaves the verdict to the others', async () => {
		assert.equal((await trialOf([{ ...kind, weight: 0 }, contains])).trial.verdict, 'pass');
		assert.equal((await trialOf([kind, assertion('contains', { value: 'z' })])).trial.verdict, 'fail');
	});

	it('is an error with a question that is no text', async () => {
		const { trial } = await trialOf([assertion('human', { value: 5 })]);
		assert.deepEqual([trial.assertions[0]?.error, trial.assertions[0]?.open], [true, undefined]);
	});
});

describe('answerHuman', () => {
	it('works the trial out again, and leaves the one before as it was', async () => {
		const { trial, graded } = await trialOf([contains, kind]);
		const before = structuredClone(trial);
		const rated = answerHuman(trial, 1, { pass: true, note: ' Very. ' }, graded);
		assert.deepEqual(trial, before);
		assert.deepEqual([rated.verdict, rated.score, rated.error], ['pass', 1, undefined]);
		assert.deepEqual(rated.assertions[1], { type: 'human', pass: true, score: 1, reason: 'Very.', weight: 1 });
		const changed = answerHuman(rated, 1, { pass: false, score: 0.25 }, graded);
		assert.deepEqual([changed.verdict, changed.score], ['fail', 0.625]);
		assert.equal(changed.assertions[1]?.reason, 'You rated the answer as bad');
	});

	it('keeps to the threshold of the case, to weights and to not-', async () => {
		const mean = await trialOf([contains, kind], 0.6);
		assert.equal(answerHuman(mean.trial, 1, { pass: false, score: 0.2 }, mean.graded).verdict, 'pass');
		assert.equal(answerHuman(mean.trial, 1, { pass: true, score: 0.1 }, mean.graded).verdict, 'fail');
		const negated = await trialOf([{ ...kind, negate: true }]);
		const rated = answerHuman(negated.trial, 0, { pass: true, score: 0.75 }, negated.graded);
		assert.deepEqual([rated.verdict, rated.score], ['fail', 0.25]);
		const weightless = await trialOf([contains, { ...kind, weight: 0 }]);
		assert.equal(answerHuman(weightless.trial, 1, { pass: false }, weightless.graded).verdict, 'pass');
	});

	it('stays an error while another question is open, or a grader could not decide', async () => {
		const two = await trialOf([kind, { ...kind, value: 'Is it short?' }]);
		const half = answerHuman(two.trial, 0, { pass: true }, two.graded);
		assert.deepEqual([half.verdict, half.error?.message], ['error', 'Waits for your rating: Is it short?']);
		assert.equal(answerHuman(half, 1, { pass: true }, two.graded).verdict, 'pass');
		const broken = await trialOf([kind, assertion('contains', { value: '' })]);
		const rated = answerHuman(broken.trial, 0, { pass: true }, broken.graded);
		assert.equal(rated.verdict, 'error');
		assert.match(rated.error?.message ?? '', /needs a value/);
	});

	it('answers a question in a set, with the threshold of the set', async () => {
		const members = [contains, kind];
		const strict = await trialOf([assertion('assert-set', { members })]);
		assert.equal(answerHuman(strict.trial, [0, 1], { pass: true }, strict.graded).verdict, 'pass');
		assert.equal(answerHuman(strict.trial, [0, 1], { pass: false }, strict.graded).verdict, 'fail');
		const mild = await trialOf([assertion('assert-set', { members, threshold: 0.5 })]);
		const rated = answerHuman(mild.trial, [0, 1], { pass: false }, mild.graded);
		const [set] = rated.assertions;
		assert.deepEqual([rated.verdict, set?.score, set?.open], ['pass', 0.5, undefined]);
		assert.deepEqual(
			set?.components?.map(({ pass, open }) => [pass, open]),
			[
				[true, undefined],
				[false, undefined],
			],
		);
		const two = await trialOf([assertion('assert-set', { members: [kind, kind] })]);
		const half = answerHuman(two.trial, [0, 1], { pass: true }, two.graded);
		assert.deepEqual([half.verdict, half.assertions[0]?.open], ['error', true]);
		assert.equal(answerHuman(half, [0, 0], { pass: true }, two.graded).verdict, 'pass');
	});

	it('refuses what is no question, and a score out of range', async () => {
		const { trial, graded } = await trialOf([contains, kind]);
		for (const [at, answer] of [
			[0, { pass: true }],
			[2, { pass: true }],
			[-1, { pass: true }],
			[[0, 0], { pass: true }],
			[[1, 0], { pass: true }],
			[1, { pass: true, score: 2 }],
			[1, { pass: true, score: NaN }],
		] as const) {
			assert.throws(
				() => answerHuman(trial, at, answer, graded),
				(error) => isAppError(error, 'validation'),
			);
		}
	});
});
