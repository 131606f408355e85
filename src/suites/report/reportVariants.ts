import { groupBy } from '../../common/groupBy.ts';
import type { ReportVariant } from '../../common/reportPage.ts';
import type { SuiteRun } from '../../common/suiteModel.ts';
import { median } from '../../statistics/median.ts';
import { RunCounts } from '../export/runCounts.ts';
import type { TrialSummary } from '../suiteContext.ts';

type Measured = Pick<
	TrialSummary,
	'trialId' | 'case' | 'variant' | 'verdict' | 'reused' | 'costUsd' | 'latencyMs' | 'timeToFirstTokenMs' | 'usage'
>;

/** The variants of a run with the counts, rates, times and tokens of these trials. */
export function reportVariants(run: SuiteRun, trials: readonly Measured[]): ReportVariant[] {
	const counts = new RunCounts();
	trials.forEach(counts.add);
	const byVariant = groupBy(trials, ({ variant }) => variant);
	return counts.report(run).variants.map((variant) => {
		const { promptHash: _hash, ...rest } = variant;
		const own = byVariant.get(variant.label) ?? [];
		return {
			...rest,
			latencyMs: median(known(own, ({ latencyMs }) => latencyMs)),
			firstTokenMs: median(known(own, ({ timeToFirstTokenMs }) => timeToFirstTokenMs)),
			outputTokens: mean(known(own, ({ usage }) => usage?.outputTokens)),
			thinkingTokens: mean(known(own, ({ usage }) => usage?.thinkingTokens)),
		};
	});
}

function known(trials: readonly Measured[], valueOf: (trial: Measured) => number | null | undefined): number[] {
	const values: number[] = [];
	for (const trial of trials) {
		const value = valueOf(trial);
		if (typeof value === 'number') {
			values.push(value);
		}
	}
	return values;
}

function mean(values: readonly number[]): number | null {
	return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
