import type { TrendPoint } from '../../common/reportPage.ts';
import type { SuiteRun } from '../../common/suiteModel.ts';
import { rateInterval } from '../../statistics/passRate.ts';

/** Points that are shown; the newest ones. */
const maxPoints = 200;

/**
 * The pass rates of a suite over its runs, oldest first: those of the prompts, models and thinking that a run has, as their
 * rows have them. Runs of older versions without a rate are left out. `runs`: newest first, as the store lists them, whatever
 * the clock said.
 */
export function reportTrend(run: Pick<SuiteRun, 'variants'>, runs: readonly SuiteRun[]): TrendPoint[] {
	const series = new Map(
		run.variants.filter(({ isModel }) => isModel).map((variant) => [keyOf(variant), variant.label]),
	);
	const points = runs.toReversed().flatMap(({ runId, startedAt, status, blessedAt, variants }) =>
		variants.flatMap((variant): TrendPoint[] => {
			const name = series.get(keyOf(variant));
			const { passed, failed, errors, rate, worth, promptHash } = variant;
			return name === undefined || rate === undefined || worth === undefined || !variant.isModel
				? []
				: [
						{
							runId,
							startedAt,
							status,
							isBaseline: blessedAt !== undefined,
							series: name,
							promptHash,
							passed,
							of: passed + failed,
							errors,
							rate,
							interval: rateInterval(rate, worth),
						},
					];
		}),
	);
	return points.slice(-maxPoints);
}

/** What stays the same while the text of a prompt changes. */
function keyOf({ prompt, model, thinking, label }: SuiteRun['variants'][number]): string {
	return JSON.stringify([prompt, model, thinking, prompt === null ? label : '']);
}
