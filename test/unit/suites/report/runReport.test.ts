import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import type { Against, ReportShow } from '../../../../src/common/reportPage.ts';
import { rateInterval } from '../../../../src/statistics/passRate.ts';
import { BlindSession } from '../../../../src/suites/blind/blindSession.ts';
import { compareStoredRuns, compareStoredVariants } from '../../../../src/suites/compare/storedComparison.ts';
import { storedSource } from '../../../../src/suites/report/reportSource.ts';
import { RunReport } from '../../../../src/suites/report/runReport.ts';
import { reportedRuns, type Answer, type ReportedRuns } from '../../../support/suites/reportedRuns.ts';

/** The new prompt fails every tenth case, the old one every third, and the third one every second time. */
const answer: Answer = (prompt, question, time) =>
	(prompt === 'new' ? question % 10 !== 0 : prompt === 'old' ? question % 3 !== 0 : (question + time) % 2 === 0)
		? 'Yes'
		: 'No';

function reportOf({ context }: ReportedRuns, runId: string): RunReport {
	return new RunReport(storedSource(context, runId), context);
}

async function namesOf(report: RunReport, show: ReportShow, text = '', against: Against = null): Promise<string[]> {
	const { rows, matching } = await report.rows({ against, offset: 0, count: 200, filter: { text, show } });
	assert.equal(matching, rows.length);
	return rows.map(({ name }) => name);
}

describe('the report of a run', () => {
	it('says what the comparison of its variants says, and what its row says', async () => {
		const runs = reportedRuns(answer);
		const run = await runs.run({ prompts: ['old', 'new'], cases: 30 });
		const report = reportOf(runs, run.runId);
		const view = await report.view(null);
		const found = await compareStoredVariants(runs.context, run.runId, 0, 1);
		assert.deepEqual(view.against, { kind: 'variant', label: run.variants[0]?.label });
		assert.equal(view.comparisons[0]?.sentence, found.sentence);
		assert.deepEqual(
			[view.counts.improved, view.counts.regressed, view.counts.unchanged],
			[found.improved.length, found.regressed.length, found.both + found.neither],
		);
		for (const [index, { rate, worth }] of run.variants.entries()) {
			assert.deepEqual(view.run.variants[index]?.interval, rateInterval(rate ?? NaN, worth ?? NaN));
		}
		assert.deepEqual(
			[view.run.variants[0]?.thinkingTokens, view.run.variants[0]?.unit, view.problem],
			[11, 'answer', null],
		);
	});

	it('says what blind ratings of the same answers have come to', async () => {
		const runs = reportedRuns(answer);
		const { runId } = await runs.run({ prompts: ['old', 'new'], cases: 6 });
		const session = await BlindSession.open(runs.context, { runId, variant: 'old' }, { runId, variant: 'new' });
		const { pair } = await session.view();
		await session.rate(pair?.key ?? '', 'tie');
		const { preference } = await session.reveal();
		const { comparisons } = await reportOf(runs, runId).view(null);
		assert.ok(comparisons[0]?.notes.includes(`${preference?.sentence}.`));
	});

	it('lists the cases of each filter, in the order of the suite', async () => {
		const runs = reportedRuns(answer);
		const { runId } = await runs.run({
			prompts: ['old', 'new'],
			cases: 12,
			broken: (question) => question === 4,
		});
		const report = reportOf(runs, runId);
		assert.deepEqual(await namesOf(report, 'improved'), ['case 3', 'case 6', 'case 9']);
		assert.deepEqual(await namesOf(report, 'regressed'), ['case 10']);
		assert.deepEqual(await namesOf(report, 'error'), ['case 4']);
		assert.deepEqual(await namesOf(report, 'failed'), ['case 0', 'case 3', 'case 6', 'case 9', 'case 10']);
		const unchanged = ['case 0', 'case 1', 'case 2', 'case 5', 'case 7', 'case 8', 'case 11'];
		assert.deepEqual(await namesOf(report, 'unchanged'), unchanged);
		assert.deepEqual((await namesOf(report, '')).length, 12);
		assert.deepEqual((await report.view(null)).counts, {
			'': 12,
			improved: 3,
			regressed: 1,
			unchanged: 7,
			flaky: 0,
			failed: 5,
			error: 1,
		});
	});

	it('finds words of names, tags and reasons, and pages through what matches', async () => {
		const runs = reportedRuns(answer);
		const { runId } = await runs.run({ prompts: ['new'], cases: 25 });
		const report = reportOf(runs, runId);
		assert.deepEqual(await namesOf(report, '', ' CASE 21 '), ['case 21']);
		assert.deepEqual(await namesOf(report, '', 'stock'), ['case 0', 'case 5', 'case 10', 'case 15', 'case 20']);
		assert.deepEqual(await namesOf(report, 'failed', 'does not contain "yes"'), ['case 0', 'case 10', 'case 20']);
		const page = await report.rows({ against: null, offset: 10, count: 5, filter: { text: '', show: '' } });
		assert.deepEqual(
			[page.offset, page.rows.map(({ index }) => index), page.matching, page.total],
			[10, [10, 11, 12, 13, 14], 25, 25],
		);
	});

	it('names flaky cases, and shows the answer of one repeat', async () => {
		const runs = reportedRuns(answer);
		const { runId } = await runs.run({ prompts: ['third'], cases: 4, repeat: 3 });
		const report = reportOf(runs, runId);
		assert.equal((await namesOf(report, 'flaky')).length, 4);
		const second = await report.case({ against: null, index: 1, repeat: 2 });
		assert.deepEqual(
			[second.repeat, second.repeats, second.sides[0]?.trial?.repeat, second.sides[0]?.result.passed],
			[2, 3, 2, 2],
		);
		const last = await report.case({ against: null, index: 1, repeat: 99 });
		assert.equal(last.repeat, 3);
		assert.equal((await report.view(null)).run.variants[0]?.unit, 'case');
	});

	it('compares with the baseline of the prompt, side by side with its answers', async () => {
		const runs = reportedRuns((_prompt, question, time) => answer(time === 1 ? 'old' : 'new', question, time));
		const first = await runs.run({ prompts: ['new'], cases: 20 });
		await runs.context.records.put({ ...first, blessedAt: '2026-11-20T12:00:00.000Z' });
		const second = await runs.run({ prompts: ['new'], cases: 22 });
		const report = reportOf(runs, second.runId);
		const view = await report.view(null);
		const found = await compareStoredRuns(runs.context, first.runId, second.runId);
		assert.equal(view.comparisons[0]?.sentence, found.sentence);
		assert.deepEqual(view.other, { runId: first.runId, startedAt: first.startedAt, isBaseline: true });
		const { change, sides } = await report.case({ against: null, index: 3, repeat: 1 });
		assert.equal(change, 'improved');
		assert.deepEqual(
			sides.map(({ isOther, trial }) => [isOther, trial?.verdict]),
			[
				[true, 'fail'],
				[false, 'pass'],
			],
		);
		// Cases that the baseline does not have are not compared.
		const added = await report.case({ against: null, index: 21, repeat: 1 });
		assert.deepEqual([added.change, added.sides.length], ['none', 1]);
		assert.deepEqual((await report.view({ kind: 'none' })).comparisons, []);
	});

	it('does not insist on a baseline that has nothing in common with it', async () => {
		const runs = reportedRuns(answer);
		const first = await runs.run({ prompts: ['new'], cases: 1, broken: () => true });
		await runs.context.records.put({ ...first, blessedAt: '2026-11-20T12:00:00.000Z' });
		const { runId } = await runs.run({ prompts: ['old', 'new'], cases: 10 });
		const report = reportOf(runs, runId);
		const view = await report.view(null);
		assert.deepEqual([view.against.kind, view.problem, view.comparisons.length], ['variant', null, 1]);
		// Asked for, it says why.
		const asked = await report.view({ kind: 'run', runId: first.runId });
		assert.match(asked.problem ?? '', /Nothing to compare/);
		assert.equal(asked.counts[''], 10);
	});

	it('stays what it is if the run that it is compared with was deleted', async () => {
		const runs = reportedRuns(answer);
		const { runId } = await runs.run({ prompts: ['new'], cases: 5 });
		const view = await reportOf(runs, runId).view({ kind: 'run', runId: 'gone' });
		assert.match(view.problem ?? '', /gone/);
		assert.deepEqual([view.other, view.counts['']], [null, 5]);
	});

	it('is read again after a change, under a new revision', async () => {
		const runs = reportedRuns(answer);
		const row = await runs.run({ prompts: ['new'], cases: 5 });
		const report = reportOf(runs, row.runId);
		const before = await report.view(null);
		await runs.context.records.put({ ...row, blessedAt: '2026-11-20T12:00:00.000Z' });
		assert.equal((await report.view(null)).run.blessedAt, undefined);
		report.changed();
		const after = await report.view(null);
		assert.ok(after.revision > before.revision);
		assert.equal(after.run.blessedAt, '2026-11-20T12:00:00.000Z');
	});

	it('of a run that is not stored is an error, which is not kept', async () => {
		const runs = reportedRuns(answer);
		const report = reportOf(runs, 'gone');
		await assert.rejects(report.view(null), (error) => isAppError(error, 'not-found'));
		await assert.rejects(report.view(null), (error) => isAppError(error, 'not-found'));
		const { runId } = await runs.run({ prompts: ['new'], cases: 2 });
		await assert.rejects(reportOf(runs, runId).case({ against: null, index: 7, repeat: 1 }), (error) =>
			isAppError(error, 'not-found'),
		);
	});
});
