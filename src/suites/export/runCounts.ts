import { groupBy } from '../../common/groupBy.ts';
import type { SuiteRun, Trial } from '../../common/suiteModel.ts';
import { passRate } from '../../statistics/passRate.ts';
import { verdictCounts } from '../compare/side.ts';
import { slotNumber } from '../trialOrder.ts';
import type { RunReport, VariantReport } from './reportedRun.ts';

type Counted = Pick<Trial, 'trialId' | 'variant' | 'verdict' | 'reused' | 'costUsd'> & { case: { index: number } };
type Kept = Omit<Counted, 'trialId' | 'case'> & { index: number };

/** Counts the trials of a run, of which only the last one with an id counts. */
export class RunCounts {
	readonly #trials = new Map<number, Kept>();

	readonly add = ({ trialId, variant, verdict, reused, costUsd, case: { index } }: Counted): void => {
		this.#trials.set(slotNumber(trialId), { variant, verdict, reused, costUsd, index });
	};

	/** The run with these counts instead of those of its row, which may be older. */
	report(run: SuiteRun): RunReport {
		const byVariant = groupBy(this.#trials.values(), ({ variant }) => variant);
		const variants = run.variants.map(({ worth: _worth, ...variant }): VariantReport => {
			const trials = byVariant.get(variant.label) ?? [];
			const count = (verdict: Kept['verdict']) => trials.filter((one) => one.verdict === verdict).length;
			const [passed, failed, errors] = [count('pass'), count('fail'), count('error')];
			const reused = trials.filter((one) => one.reused).length;
			const counts = { passed, failed, errors, reused, costUsd: costOf(trials), of: passed + failed };
			return { ...variant, ...counts, ...rateOf(trials, variant.isModel) };
		});
		return { ...run, done: this.#trials.size, costUsd: costOf([...this.#trials.values()]), variants };
	}
}

function costOf(trials: readonly Kept[]): number | null {
	return trials.reduce<number | null>(
		(sum, { costUsd }) => (sum === null || costUsd === null ? null : sum + costUsd),
		0,
	);
}

/** Answers to the same case are not independent, so the case is the unit. */
function rateOf(trials: readonly Kept[], isModel: boolean): Pick<VariantReport, 'rate' | 'interval' | 'unit'> {
	const cases = [...groupBy(trials, ({ index }) => index).values()].map(verdictCounts).filter(({ of }) => of > 0);
	const { of, rate, interval } = passRate(cases);
	const unit = of > cases.length ? 'case' : 'answer';
	return isModel ? { rate, interval, unit } : { rate: null, interval: null, unit };
}
