import assert from 'node:assert/strict';
import type { AssertionResult } from '../../../../src/common/suiteModel.ts';
import { judgeMarkdown } from '../../../../src/suites/judging/judgeMarkdown.ts';
import { judgeQuality } from '../../../../src/suites/judging/judgeQuality.ts';

const result = (type: string, pass: boolean, more: Partial<AssertionResult> = {}): AssertionResult => ({
	type,
	pass,
	score: pass ? 1 : 0,
	reason: '',
	weight: 1,
	...more,
});
const judge = (pass: boolean, score = pass ? 1 : 0) =>
	result('llm-rubric', pass, { score, judged: [{ model: 'own/judge', request: 'r', answer: 'a' }] });
const trial = (index: number, assertions: AssertionResult[], output = `answer ${index}`) => ({
	case: { name: `c${index}`, hash: `h${index}`, index },
	variant: 'only',
	output,
	assertions,
});

describe('the quality of a judge', () => {
	it('is its agreement with own ratings, from 30 on with a corrected rate beside the raw one', () => {
		// The user passes 20 of 30; the judge passes 18 of these, and 3 of the others.
		const rated = Array.from({ length: 30 }, (_, index) => {
			const own = index < 20;
			const seen = own ? index >= 2 : index >= 27;
			return trial(index, [judge(seen), result('human', true, { weight: 0, score: own ? 1 : 0 })]);
		});
		const found = judgeQuality(rated);
		assert.deepEqual(found.counts, { good: 20, goodPassed: 18, bad: 10, badFailed: 7 });
		assert.ok(found.kappa && Math.abs(found.kappa.kappa - 0.6154) < 1e-3 && found.kappa.low < found.kappa.kappa);
		const [only] = found.variants;
		assert.deepEqual([only?.raw.count, only?.raw.of], [21, 30]);
		// (0.7 + 0.7 - 1) / (0.9 + 0.7 - 1)
		assert.ok(Math.abs((only?.corrected?.rate ?? 0) - 2 / 3) < 1e-9);
		assert.equal(judgeQuality(rated.slice(0, 29)).variants[0]?.corrected, null);
		assert.match(
			judgeMarkdown(found, { suiteName: 'Shop' }),
			/Of 20 answers that you pass the judge passes 18; of 10 that you fail it fails 7\. Kappa is 0\.62 \(/,
		);
	});

	it('counts a pair whose verdict flips with the order once, although both variants have it', () => {
		const answer = (preferred: string) => JSON.stringify({ reason: 'x', preferred });
		const pair = (index: number, first: string, second: string) => {
			const judged = [
				{ model: 'own/judge', request: `${index} ab`, answer: answer(first) },
				{ model: 'own/judge', request: `${index} ba`, answer: answer(second) },
			];
			return [
				trial(index, [result('pairwise', true, { judged })]),
				{ ...trial(index, [result('pairwise', true, { judged: [...judged].reverse() })]), variant: 'other' },
			];
		};
		const found = judgeQuality([
			...pair(1, 'first', 'first'),
			...pair(2, 'first', 'second'),
			...pair(3, 'tie', 'tie'),
		]);
		assert.deepEqual([found.flips?.count, found.flips?.of], [1, 3]);
		assert.deepEqual([found.kappa, found.variants], [null, []]);
	});

	it('varies where the same answer gets different scores', () => {
		const scores = [
			[1, 0.5],
			[1, 1],
		];
		const trials = scores.flatMap((ofCase, index) =>
			ofCase.map((score) => trial(index, [judge(true, score)], 'same')),
		);
		assert.ok((judgeQuality(trials).variants[0]?.variance?.judge ?? 0) > 0);
		const steady = trials.map((one) => ({ ...one, assertions: [judge(true, 1)] }));
		assert.equal(judgeQuality(steady).variants[0]?.variance?.judge, 0);
	});

	it('says what is missing', () => {
		const text = judgeMarkdown(judgeQuality([]), { suiteName: 'Shop' });
		assert.match(text, /Add an assertion of the type human/);
		assert.match(text, /No answer has the verdict of a judge/);
	});
});
