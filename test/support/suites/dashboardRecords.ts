import type { DashboardRecord } from '../../../src/suites/dashboard/dashboardView.ts';
import type { SuiteRun } from '../../../src/common/suiteModel.ts';
import type { TestFigures } from '../../../src/storage/contract.ts';
import { runFixture } from './runFixture.ts';
import { runIdOf } from './storedTrial.ts';

/** The time at which the dashboard is looked at. */
export const dashboardTime = new Date('2026-11-28T12:00:00.000Z');

/** A run so many days before, of so many answers of which a share passed. */
export function ratedRun(
	number: number,
	daysAgo: number,
	passed: number,
	of: number,
	change: Partial<SuiteRun['variants'][number]> = {},
): SuiteRun {
	const startedAt = new Date(dashboardTime.getTime() - daysAgo * 24 * 3600 * 1000).toISOString();
	const run = runFixture({ runId: runIdOf(number), startedAt, passed, failed: of - passed });
	const rated = { rate: passed / of, worth: of };
	return { ...run, variants: run.variants.map((variant) => ({ ...variant, ...rated, ...change })) };
}

export function figuresOf(draftId: number, change: Partial<TestFigures> = {}): TestFigures {
	return {
		draftId,
		model: 'anthropic/claude-sonnet',
		tests: 10,
		ratings: 4,
		ratingSum: 17,
		milliseconds: 32_000,
		outputTokens: 2_400,
		withTokens: 8,
		costUsd: 0.12,
		...change,
	};
}

const measured = {
	measures: { inputTokens: 32_480, outputTokens: 9_600, withTokens: 40, medianMs: 2_140, withTime: 40 },
};

/** Three drafts and a suite file: two have runs, one has tests only, and one has nothing. */
export function dashboardRecords(): DashboardRecord[] {
	const draft = {
		kind: 'draft' as const,
		folder: '',
		tags: [],
		hasSuite: false,
		runs: [],
		figures: [],
		versions: [],
	};
	return [
		{
			...draft,
			key: 'draft:1',
			name: 'Support triage',
			folder: 'Support/Billing',
			tags: ['live'],
			hasSuite: true,
			runs: [
				ratedRun(4, 1, 37, 40, measured),
				ratedRun(3, 5, 31, 40),
				ratedRun(2, 40, 26, 40),
				ratedRun(1, 200, 20, 40),
			],
			figures: [
				figuresOf(1),
				figuresOf(1, { model: 'openai/other', tests: 2, ratings: 0, ratingSum: 0, costUsd: null }),
			],
			versions: ['2026-11-28T00:00:00.000Z', '2026-11-27T20:00:00.000Z', '2026-11-01T00:00:00.000Z'],
		},
		{ ...draft, key: 'draft:2', name: 'Release notes', folder: 'Support', figures: [figuresOf(2)] },
		{ ...draft, key: 'draft:3', name: 'Empty' },
		{
			key: 'file:///suites/triage.prompttest.yaml',
			kind: 'file',
			name: 'triage.prompttest.yaml',
			folder: '',
			tags: [],
			hasSuite: true,
			runs: [ratedRun(9, 2, 10, 16, { prompt: null, promptHash: null, model: null, thinking: null, costUsd: 0 })],
			figures: [],
		},
	];
}
