import type { SuiteRun, Trial } from '../../common/suiteModel.ts';
import { wilsonInterval } from '../../statistics/wilsonInterval.ts';
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
		const byVariant = new Map<string, Kept[]>();
		for (const trial of this.#trials.values()) {
			const trials = byVariant.get(trial.variant) ?? [];
			byVariant.set(trial.variant, trials);
			trials.push(trial);
		}
		const variants = run.variants.map((variant): VariantReport => {
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

/** Answers to the same case are not independent, so a case counts once, with the share of its answers that passed. */
function rateOf(trials: readonly Kept[], isModel: boolean): Pick<VariantReport, 'rate' | 'interval' | 'unit'> {
	const cases = new Map<number, { passed: number; of: number }>();
	let of = 0;
	for (const { index, verdict } of trials) {
		if (verdict !== 'error') {
			const one = cases.get(index) ?? { passed: 0, of: 0 };
			cases.set(index, { passed: one.passed + (verdict === 'pass' ? 1 : 0), of: one.of + 1 });
			of++;
		}
	}
	const unit = of > cases.size ? 'case' : 'answer';
	if (!isModel || of === 0) {
		return { rate: null, interval: null, unit };
	}
	let passed = 0;
	for (const one of cases.values()) {
		passed += one.passed / one.of;
	}
	// A sum of shares such as 3 * (1 / 3) may be a hair above the number of cases.
	const { low, high } = wilsonInterval(Math.min(passed, cases.size), cases.size);
	return { rate: passed / cases.size, interval: [low, high], unit };
}
