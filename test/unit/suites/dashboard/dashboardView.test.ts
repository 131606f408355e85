import assert from 'node:assert/strict';
import type { DashboardFilter } from '../../../../src/common/dashboardPage.ts';
import { rateInterval } from '../../../../src/statistics/passRate.ts';
import { dashboardView, newestRuns } from '../../../../src/suites/dashboard/dashboardView.ts';
import { dashboardRecords, dashboardTime, figuresOf, ratedRun } from '../../../support/suites/dashboardRecords.ts';
import { runIdOf } from '../../../support/suites/storedTrial.ts';

const all: DashboardFilter = { folder: '', tag: '', model: '', days: 0 };
const view = (filter: Partial<DashboardFilter> = {}) =>
	dashboardView(dashboardRecords(), { ...all, ...filter }, dashboardTime);
const namesOf = (filter: Partial<DashboardFilter>) => view(filter).rows.map(({ name }) => name);

describe('the dashboard', () => {
	it('has the prompts with the newest runs first, and those without by name', () => {
		assert.deepEqual(namesOf({}), ['Support triage', 'triage.prompttest.yaml', 'Empty', 'Release notes']);
		assert.equal(view().withoutSuite, 2);
	});

	it('has the rates of the runs, oldest first, each with its interval and run', () => {
		const [row] = view().rows;
		assert.deepEqual(
			row?.points.map(({ runId, passed, of }) => [runId, passed, of]),
			[
				[runIdOf(1), 20, 40],
				[runIdOf(2), 26, 40],
				[runIdOf(3), 31, 40],
				[runIdOf(4), 37, 40],
			],
		);
		assert.deepEqual(row.points[3]?.interval, rateInterval(37 / 40, 40));
		assert.equal(row.newest?.runId, runIdOf(4));
		assert.equal(row.versionsSince, 2);
	});

	it('adds up what tests came to, and does not make an unknown price 0', () => {
		const [row, , empty] = view().rows;
		assert.deepEqual(row?.tests, {
			tests: 12,
			ratings: 4,
			rating: 17 / 4,
			milliseconds: 64_000 / 12,
			outputTokens: 300,
		});
		assert.deepEqual([row.isCostPartial, empty?.tests, empty?.isCostPartial], [true, null, false]);
	});

	it('has tokens and times of the answers of runs that have stored them', () => {
		const [record] = dashboardRecords();
		assert.ok(record);
		const took = (medianMs: number | null, withTime: number, tokens: number) => ({
			measures: { inputTokens: tokens * 10, outputTokens: tokens, withTokens: 10, medianMs, withTime },
		});
		const answers = (...runs: (typeof record)['runs']) =>
			dashboardView([{ ...record, runs }], all, dashboardTime).rows[0]?.answers;
		const nothing = { milliseconds: null, inputTokens: null, outputTokens: null };
		assert.deepEqual(answers(...record.runs.slice(1)), nothing);
		const newest = ratedRun(4, 1, 37, 40, took(1_200, 40, 200));
		assert.deepEqual(answers(newest, ratedRun(3, 5, 31, 40)), {
			milliseconds: 1_200,
			inputTokens: 200,
			outputTokens: 20,
		});
		assert.deepEqual(
			answers(newest, ratedRun(3, 5, 9, 10, took(9_000, 10, 400)), ratedRun(2, 6, 9, 10, took(null, 0, 0))),
			{
				milliseconds: 1_200,
				inputTokens: 200,
				outputTokens: 20,
			},
		);
		assert.deepEqual(answers(ratedRun(4, 1, 37, 40, { ...took(1_200, 40, 200), isModel: false })), nothing);
	});

	it('says what each model was used for, and nothing of recorded answers', () => {
		assert.deepEqual(
			view().models.map(({ model, runs, answers, tests, isCostPartial }) => [
				model,
				runs,
				answers,
				tests,
				isCostPartial,
			]),
			[
				['anthropic/claude-sonnet', 4, 160, 20, false],
				['openai/other', 0, 0, 2, true],
			],
		);
	});

	it('looks at a period, a folder with those below it, a tag and a model', () => {
		assert.deepEqual(
			view({ days: 30 }).rows[0]?.points.map(({ runId }) => runId),
			[runIdOf(3), runIdOf(4)],
		);
		assert.deepEqual(namesOf({ folder: 'Support' }), ['Support triage', 'Release notes']);
		assert.deepEqual(namesOf({ folder: 'Support/Billing' }), ['Support triage']);
		assert.deepEqual(namesOf({ folder: 'Supp' }), []);
		assert.deepEqual(namesOf({ tag: 'live' }), ['Support triage']);
		assert.deepEqual(namesOf({ model: 'openai/other' }), ['Support triage']);
		const [other] = view({ model: 'openai/other' }).rows;
		assert.deepEqual([other?.runs, other?.tests?.tests, other?.costUsd], [0, 2, 0]);
		// The choices stay, whatever is chosen.
		assert.deepEqual(view({ tag: 'live', days: 7 }).choices, {
			folders: ['Support', 'Support/Billing'],
			tags: ['live'],
			models: ['anthropic/claude-sonnet', 'openai/other'],
		});
	});

	it('counts versions since the newest run of all, whatever the filter is', () => {
		assert.equal(view({ model: 'openai/other' }).rows[0]?.versionsSince, 2);
		assert.equal(view().rows.find(({ name }) => name === 'Empty')?.versionsSince, null);
	});

	it('leaves the built-in guide out, and names the newest run of each record', () => {
		const [record] = dashboardRecords();
		assert.ok(record);
		const guide = { ...record, runs: [ratedRun(7, 1, 5, 5, { isModel: false })], figures: [figuresOf(1)] };
		const found = dashboardView([guide], all, dashboardTime);
		assert.deepEqual([found.rows[0]?.points, found.models[0]?.runs], [[], 0]);
		assert.deepEqual(
			newestRuns(dashboardRecords(), { ...all, folder: 'Support' }, dashboardTime).map(({ run }) => run.runId),
			[runIdOf(4)],
		);
	});
});
