import type { SuiteRun, Verdict } from '../../../src/common/suiteModel.ts';
import type { RunWithTrials } from '../../../src/suites/compare/compareRuns.ts';
import type { ComparableTrial } from '../../../src/suites/compare/side.ts';

const verdicts: Record<string, Verdict> = { p: 'pass', f: 'fail', e: 'error' };

/**
 * A run in short: for each variant the verdicts of its cases, as `p`, `f` and `e`, one letter for each repeat. The name of a
 * case is its hash too.
 */
export function comparedRun(
	variants: Record<string, Record<string, string>>,
	patch: Partial<RunWithTrials['run']> & { change?: (trial: ComparableTrial) => ComparableTrial } = {},
): RunWithTrials {
	const { change = (trial) => trial, ...run } = patch;
	const trials = Object.entries(variants).flatMap(([variant, cases]) =>
		Object.entries(cases).flatMap(([name, letters], index) =>
			[...letters].map((letter, repeat) =>
				change({
					trialId: `${variant}-${name}-${repeat}`,
					case: { name, hash: name, index },
					variant,
					verdict: verdicts[letter] ?? 'error',
					reused: false,
					requestHash: `${variant} ${name} ${repeat}`,
				}),
			),
		),
	);
	const labels = Object.keys(variants).map((label) => ({ label, isModel: true }));
	const status: SuiteRun['status'] = 'complete';
	return { run: { status, trials: trials.length, done: trials.length, variants: labels, ...run }, trials };
}

/** Cases `c0`, `c1` .. with these verdicts. */
export function cases(...letters: string[]): Record<string, string> {
	return Object.fromEntries(letters.map((one, index) => [`c${index}`, one]));
}

/** Verdicts of two variants of which `b` cases pass only with the second, `c` only with the first, and `both` with both. */
export function paired({ b, c, both = 0, neither = 0 }: { b: number; c: number; both?: number; neither?: number }): {
	A: Record<string, string>;
	B: Record<string, string>;
} {
	const spread = (...counts: [string, number][]) =>
		cases(...counts.flatMap(([letter, count]) => Array.from({ length: count }, () => letter)));
	return {
		A: spread(['f', b], ['p', c], ['p', both], ['f', neither]),
		B: spread(['p', b], ['f', c], ['p', both], ['f', neither]),
	};
}
