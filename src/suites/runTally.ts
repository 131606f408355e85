import type { RunVariant, SuiteRun, Trial, Verdict } from '../common/suiteModel.ts';
import { addCase, type CaseSums, noCases, rateOfSums } from '../statistics/passRate.ts';
import { HashNumbers } from './columns/hashNumbers.ts';
import { NumberColumn } from './columns/numberColumn.ts';
import { VariantMeasures } from './variantMeasures.ts';

export type CountedTrial = Pick<
	Trial,
	'trialId' | 'variant' | 'verdict' | 'reused' | 'costUsd' | 'usage' | 'latencyMs'
> & {
	case: Pick<Trial['case'], 'hash'>;
};

const countOf = { pass: 'passed', fail: 'failed', error: 'errors' } as const satisfies Record<
	Verdict,
	keyof RunVariant
>;

/** The answers of a variant to each case, and what they add up to. */
interface VariantCases {
	/** By number of the case. */
	counts: { passed: NumberColumn; of: NumberColumn };
	sums: CaseSums;
	measured: VariantMeasures;
}

/** Counts the trials of a run as they end. */
export class RunTally {
	readonly #run: SuiteRun;
	readonly #variants: ReadonlyMap<string, RunVariant & VariantCases>;
	/** Of the cases, by their hashes. */
	readonly #numbers = new HashNumbers();

	constructor(run: SuiteRun) {
		const { variants, ...rest } = structuredClone(run);
		this.#run = { ...rest, variants: [] };
		this.#variants = new Map(
			variants.map(({ rate: _rate, worth: _worth, measures: _measures, ...variant }) => [
				variant.label,
				{
					...variant,
					counts: { passed: new NumberColumn(), of: new NumberColumn() },
					sums: noCases(),
					measured: new VariantMeasures(),
				},
			]),
		);
	}

	/** Counts a trial; one that replaces an error no longer counts as that error, and its cost includes that of the error. */
	add(trial: CountedTrial, replaced?: CountedTrial): void {
		const { variant: label, verdict, reused, costUsd } = trial;
		const run = this.#run;
		const variant = this.#variants.get(label);
		if (!variant) {
			return;
		}
		if (replaced) {
			variant[countOf[replaced.verdict]]--;
			variant.reused -= replaced.reused ? 1 : 0;
			this.#count(variant, replaced, -1);
		} else {
			run.done++;
		}
		variant.measured.add(trial, replaced);
		variant[countOf[verdict]]++;
		variant.reused += reused ? 1 : 0;
		this.#count(variant, trial, 1);
		const cost = costUsd === null ? null : costUsd - (replaced?.costUsd ?? 0);
		variant.costUsd = sum(variant.costUsd, cost);
		run.costUsd = sum(run.costUsd, cost);
	}

	/** The run as it stands, with changes. */
	snapshot(changes: Partial<SuiteRun>): SuiteRun {
		const run = { ...this.#run, ...changes };
		const variants = [...this.#variants.values()].map(
			({ counts: _counts, sums, measured, ...variant }): RunVariant => {
				const { rate, worth } = rateOfSums(sums);
				const measures = run.status === 'running' ? undefined : measured.measures;
				return {
					...variant,
					...(rate !== null && variant.isModel && { rate, worth }),
					...(measures && { measures }),
				};
			},
		);
		return structuredClone({ ...run, variants });
	}

	/** Counts an answer among those of its case, or takes it out. */
	#count({ counts, sums }: VariantCases, { case: { hash }, verdict }: CountedTrial, sign: 1 | -1): void {
		if (verdict !== 'error') {
			const one = this.#numbers.numberOf(hash);
			const before = { passed: counts.passed.at(one) ?? 0, of: counts.of.at(one) ?? 0 };
			const after = { passed: before.passed + (verdict === 'pass' ? sign : 0), of: before.of + sign };
			addCase(sums, before, -1);
			addCase(sums, after);
			counts.passed.set(one, after.passed);
			counts.of.set(one, after.of);
		}
	}
}

/** Counts what the log of a run holds: its row may be older, and does not know the cases. */
export function tallyOf({ reason: _reason, ...run }: SuiteRun, trials: readonly CountedTrial[]): RunTally {
	const none = { passed: 0, failed: 0, errors: 0, reused: 0, costUsd: 0 };
	const variants = run.variants.map((variant) => ({ ...variant, ...none }));
	const tally = new RunTally({ ...run, done: 0, costUsd: 0, variants });
	const seen = new Map<string, CountedTrial>();
	for (const trial of trials) {
		tally.add(trial, seen.get(trial.trialId));
		seen.set(trial.trialId, trial);
	}
	return tally;
}

function sum(total: number | null, cost: number | null): number | null {
	return total === null || cost === null ? null : total + cost;
}
