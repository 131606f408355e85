import type { SuiteRun, Trial } from '../../../src/common/suiteModel.ts';

/** A run of one variant. */
export function runFixture({
	passed = 0,
	failed = 0,
	errors = 0,
	...patch
}: Partial<SuiteRun> & { passed?: number; failed?: number; errors?: number } = {}): SuiteRun {
	return {
		runId: '11111111-1111-4111-8111-111111111111',
		suite: 'prompt-suite:/store/draft/1.prompttest.yaml',
		suiteName: 'Support triage',
		suiteHash: 'a'.repeat(64),
		startedAt: '2026-11-20T10:00:00.000Z',
		endedAt: '2026-11-20T10:01:00.000Z',
		status: 'complete',
		trials: passed + failed + errors,
		done: passed + failed + errors,
		calls: passed + failed + errors,
		costUsd: 0.031,
		maxCostUsd: 1,
		maxCalls: null,
		variants: [
			{
				label: 'claude-sonnet',
				prompt: 'draft:1',
				promptHash: 'b'.repeat(64),
				model: 'anthropic/claude-sonnet',
				isModel: true,
				thinking: 'low',
				passed,
				failed,
				errors,
				reused: 0,
				costUsd: 0.031,
			},
		],
		...patch,
	};
}

/** A trial with one assertion that holds and, unless it passed, one that does not. */
export function trialFixture(patch: Partial<Trial> = {}): Trial {
	const verdict = patch.verdict ?? 'pass';
	return {
		trialId: '22222222-2222-4222-8222-222222222222',
		case: { name: 'lost parcel', hash: 'c'.repeat(64), index: 0 },
		variant: 'claude-sonnet',
		repeat: 1,
		verdict,
		score: verdict === 'pass' ? 1 : 0.5,
		assertions: [
			{ type: 'contains', pass: true, score: 1, weight: 1, reason: 'The answer contains "carrier"' },
			{
				type: 'not-contains',
				metric: 'label',
				pass: verdict === 'pass',
				score: verdict === 'pass' ? 1 : 0,
				weight: 1,
				reason: verdict === 'pass' ? 'The answer does not contain "sorry"' : 'The answer contains "sorry"',
			},
		],
		output: '',
		latencyMs: 1_840,
		timeToFirstTokenMs: 400,
		usage: { inputTokens: 812, outputTokens: 96 },
		costUsd: 0.0031,
		reused: false,
		endedAt: '2026-11-20T10:00:30.000Z',
		...patch,
	};
}
