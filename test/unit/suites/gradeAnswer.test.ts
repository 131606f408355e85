import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { gradeAnswer } from '../../../src/suites/gradeAnswer.ts';
import { assertion, graderContext, gradeWith } from '../../support/suites/gradeWith.ts';

const passing = assertion('contains', { value: 'a' });
const failing = assertion('contains', { value: 'z' });
const broken = assertion('contains', { value: '' });

describe('gradeAnswer', () => {
	it('passes without assertions', async () => {
		assert.deepEqual(await gradeAnswer([], 2, graderContext('a')), { verdict: 'pass', score: 1, assertions: [] });
	});

	it('lets all assertions pass without a threshold, and only the weighted mean count with one', async () => {
		const heavy = { ...passing, weight: 3 };
		const all = await gradeAnswer([heavy, failing], undefined, graderContext('a'));
		assert.deepEqual([all.verdict, all.score], ['fail', 0.75]);
		const mean = await gradeAnswer([heavy, failing], 0.75, graderContext('a'));
		assert.deepEqual([mean.verdict, mean.score], ['pass', 0.75]);
		assert.equal((await gradeAnswer([heavy, failing], 0.76, graderContext('a'))).verdict, 'fail');
	});

	it('is an error with one that cannot decide, and keeps what the others found, in their order', async () => {
		const { verdict, assertions } = await gradeAnswer([passing, broken, failing], 0, graderContext('a'));
		assert.equal(verdict, 'error');
		assert.deepEqual(
			assertions.map(({ pass, error }) => [pass, error]),
			[
				[true, undefined],
				[false, true],
				[false, undefined],
			],
		);
		assert.match(assertions[1]?.reason ?? '', /"contains" needs a value/);
		const unknown = await gradeWith(assertion('not-nothing'), 'a');
		assert.deepEqual([unknown.verdict, unknown.reason], ['error', 'There is no grader "nothing"']);
	});

	it('keeps the order where some graders take time', async () => {
		const slow = assertion('regex', { value: '^a' });
		const { assertions } = await gradeAnswer([slow, failing, slow], undefined, graderContext('a'));
		assert.deepEqual(
			assertions.map(({ type }) => type),
			['regex', 'contains', 'regex'],
		);
	});

	it('negates, and says so where the opposite came', async () => {
		const found = await gradeWith(assertion('not-contains', { value: 'a', metric: 'tone' }), 'cat');
		assert.deepEqual(found, {
			type: 'not-contains',
			metric: 'tone',
			pass: false,
			score: 0,
			reason: 'The answer contains "a": "cat" (the opposite was expected)',
			weight: 1,
			verdict: 'fail',
		});
		const partly = await gradeWith(assertion('not-rouge-n', { value: 'a b c d' }), 'a b');
		assert.equal(partly.pass, true);
		assert.ok(Math.abs(partly.score - 1 / 3) < 1e-9);
		assert.equal((await gradeWith(assertion('not-regex', { value: '(' }), 'a')).verdict, 'error');
	});

	it('never lets weight 0 decide, but an error', async () => {
		const shown = await gradeAnswer([{ ...failing, weight: 0 }, passing], undefined, graderContext('a'));
		assert.deepEqual([shown.verdict, shown.score, shown.assertions[0]?.score], ['pass', 1, 0]);
		assert.equal((await gradeAnswer([{ ...failing, weight: 0 }], 0.5, graderContext('a'))).verdict, 'fail');
		assert.equal((await gradeAnswer([{ ...broken, weight: 0 }], undefined, graderContext('a'))).verdict, 'error');
	});

	it('counts a set as one assertion and shows its members', async () => {
		const set = assertion('assert-set', { members: [passing, failing], threshold: 0.5, weight: 3, metric: 'both' });
		const { verdict, score, assertions } = await gradeAnswer([set, failing], 0.3, graderContext('a'));
		assert.deepEqual([verdict, score], ['pass', 0.375]);
		assert.deepEqual([assertions[0]?.pass, assertions[0]?.score, assertions[0]?.metric], [true, 0.5, 'both']);
		assert.deepEqual(
			assertions[0]?.components?.map(({ pass }) => pass),
			[true, false],
		);
		const all = await gradeWith({ ...set, threshold: undefined as never }, 'a');
		assert.deepEqual([all.pass, all.reason], [false, 'The answer does not contain "z"; it is "a"']);
	});

	it('is an error with a set that holds one, is negated or nested, or has no list', async () => {
		const withError = await gradeWith(assertion('assert-set', { members: [passing, broken] }), 'a');
		assert.deepEqual([withError.verdict, withError.components?.length], ['error', 2]);
		const nested = assertion('assert-set', { members: [assertion('assert-set', { members: [passing] })] });
		for (const [one, reason] of [
			[nested, /cannot stand in another/],
			[assertion('not-assert-set', { members: [passing] }), /cannot be negated/],
			[assertion('assert-set'), /needs "assert"/],
		] as const) {
			const result = await gradeWith(one, 'a');
			assert.equal(result.verdict, 'error');
			assert.match(result.reason, reason);
		}
	});

	it('grades what a transform makes of the answer, with the variables in reach', async () => {
		const trimmed = assertion('equals', { value: 'pa', transform: 'context.vars.p + output.trim()' });
		assert.equal((await gradeWith(trimmed, ' a ', { vars: { p: 'p' } })).pass, true);
		const json = assertion('equals', { value: { b: 1 }, transform: 'JSON.parse(output).a' });
		assert.equal((await gradeWith(json, '{"a":{"b":1}}')).pass, true);
		const members = [assertion('equals', { value: 'x' })];
		assert.equal((await gradeWith(assertion('assert-set', { members, transform: '"x"' }), 'a')).pass, true);
		const wrong = await gradeWith({ ...trimmed, transform: 'nope()' }, 'a');
		assert.deepEqual([wrong.verdict, /nope/.test(wrong.reason)], ['error', true]);
		assert.match((await gradeWith({ ...trimmed, transform: 'undefined' }, 'a')).reason, /gives no value/);
	});

	it('keeps the mean between 0 and 1, also with weights below 0', async () => {
		for (const [weight, mean] of [
			[-1, 1],
			[3, 0],
		] as const) {
			const parts = [
				{ ...failing, weight },
				{ ...passing, weight: weight < 0 ? 2 : -1 },
			];
			assert.equal((await gradeAnswer(parts, undefined, graderContext('a'))).score, mean);
		}
	});

	it('rejects once it is cancelled', async () => {
		const context = { ...graderContext('a'), signal: AbortSignal.abort() };
		await assert.rejects(gradeAnswer([passing], undefined, context), (error) => isAppError(error, 'cancelled'));
		const controller = new AbortController();
		const sandbox = { ...context.sandbox, matches: () => (controller.abort(), Promise.reject(new Error('gone'))) };
		const slow = [assertion('regex', { value: 'a' })];
		await assert.rejects(
			gradeAnswer(slow, undefined, { ...context, sandbox, signal: controller.signal }),
			(error) => isAppError(error, 'cancelled'),
		);
	});
});
