import assert from 'node:assert/strict';
import { baselineOf } from '../../../../src/suites/compare/baselineOf.ts';
import { comparisonMarkdown } from '../../../../src/suites/compare/comparisonMarkdown.ts';
import {
	compareStoredRuns,
	compareStoredVariants,
	storedRates,
} from '../../../../src/suites/compare/storedComparison.ts';
import { isAppError } from '../../../../src/common/errors.ts';
import { runSuite } from '../../../../src/suites/runSuite.ts';
import { rateInterval } from '../../../../src/statistics/passRate.ts';
import { AnsweringModels } from '../../../support/suites/answeringModels.ts';
import { runFixture } from '../../../support/suites/runFixture.ts';
import { outcomeOf, suiteContext, suiteUri } from '../../../support/suites/suiteContext.ts';

/** A suite of recorded answers of two variants; `right` names the cases that each gets right. */
function suite(right: { old: number; new: number }, cases = 20) {
	const text = JSON.stringify({
		defaults: { assert: [{ type: 'equals', value: 'yes' }] },
		cases: Array.from({ length: cases }, (_, index) => ({
			name: `case ${index}`,
			query: `Question ${index}`,
			outputs: { old: index < right.old ? 'yes' : 'no', new: index < right.new ? 'yes' : 'no' },
		})),
	});
	return { uri: suiteUri, name: 'Yes', text, format: 'json' as const };
}

describe('comparisons of stored runs', () => {
	const context = suiteContext(new AnsweringModels(() => assert.fail('A model was asked')));

	it('give a row and its trials the same rate', async () => {
		const { run } = await outcomeOf(runSuite(context, suite({ old: 8, new: 19 })));
		const rates = await storedRates(context, run.runId);
		for (const [index, { rate, worth }] of run.variants.entries()) {
			assert.deepEqual(rates[index]?.rate, rate);
			assert.deepEqual(rates[index]?.interval, rateInterval(rate ?? NaN, worth ?? NaN));
		}
		const found = await compareStoredVariants(context, run.runId, 'old', 'new');
		assert.deepEqual([found.onlyB, found.onlyA, found.both, found.verdict], [11, 0, 8, 'better']);
	});

	it('of two runs name what their suites do not share, and are shown as a document', async () => {
		const older = await outcomeOf(runSuite(context, suite({ old: 8, new: 12 })));
		const newer = await outcomeOf(runSuite(context, suite({ old: 8, new: 12 }, 22)));
		const found = await compareStoredRuns(context, older.run.runId, newer.run.runId);
		assert.deepEqual([found.cases, found.casesOnlyB.length, found.verdict], [20, 2, 'not-told-apart']);
		assert.deepEqual(
			found.others?.map(({ b }) => b.label),
			['new'],
		);
		const text = comparisonMarkdown(found, { a: older.run, b: { ...newer.run, suiteName: 'Yes [x](y)' } });
		assert.match(text, /^# Yes \\\[x\\\]\(y\)\n\n\*\*old: Not told apart: 0 points/);
		assert.match(text, /\| A \| old \| [^|]+ \| 8 of 20, /);
		assert.match(text, /20 cases compared: .* p = 1\. .*Only B has: case 20, case 21\./);
		assert.deepEqual(text.match(/^## .*$/gm), ['## new']);
		assert.match(text, /\| A \| new \| [^|]+ \| 12 of 20, /);
	});

	it('list the cases that differ', async () => {
		const { run } = await outcomeOf(runSuite(context, suite({ old: 8, new: 10 })));
		const found = await compareStoredVariants(context, run.runId, 1, 0);
		const text = comparisonMarkdown(found, { a: run, b: run });
		assert.match(text, /## Only A, or more often A\n\n- case 8\n- case 9\n$/);
	});

	it('of a run that is not there are errors', async () => {
		await assert.rejects(compareStoredVariants(context, '11111111-1111-4111-8111-111111111111', 0, 1), (error) =>
			isAppError(error, 'not-found'),
		);
	});
});

describe('the baseline of a run', () => {
	const run = (runId: string, patch: Partial<Parameters<typeof runFixture>[0]> = {}) =>
		runFixture({ runId, ...patch });
	const blessedAt = '2026-11-20T10:00:00.000Z';

	it('is the blessed run of its suite with one of its prompts', () => {
		const own = run('own', { blessedAt });
		const otherPrompt = run('prompt', { blessedAt });
		const others = [
			run('plain'),
			run('suite', { blessedAt, suite: 'other' }),
			{ ...otherPrompt, variants: otherPrompt.variants.map((one) => ({ ...one, prompt: 'draft:9' })) },
			run('baseline', { blessedAt }),
			own,
		];
		assert.equal(baselineOf(own, others)?.runId, 'baseline');
		assert.equal(baselineOf(own, others.slice(0, 3)), undefined);
	});
});
