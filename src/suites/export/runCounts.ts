import { verdicts, type SuiteRun, type Trial } from '../../common/suiteModel.ts';
import { addCase, noCases, rateOfSums } from '../../statistics/passRate.ts';
import { IndexNumbers } from '../columns/indexNumbers.ts';
import { NumberColumn } from '../columns/numberColumn.ts';
import { latestPositions } from '../latestPositions.ts';
import { slotNumber } from '../trialOrder.ts';
import type { RunReport, VariantReport } from './reportedRun.ts';

type Counted = Pick<Trial, 'trialId' | 'variant' | 'verdict' | 'reused' | 'costUsd'> & { case: { index: number } };

/** What the trials of one variant add up to. */
class VariantSums {
	readonly counts = { pass: 0, fail: 0, error: 0 };
	reused = 0;
	costUsd = 0;
	/** Answers to each case that passed and that have a verdict, by number of the case. */
	readonly passed: Uint32Array;
	readonly of: Uint32Array;

	constructor(cases: number) {
		this.passed = new Uint32Array(cases);
		this.of = new Uint32Array(cases);
	}
}

/** Counts the trials of a run, of which only the last one with an id counts. Columns of numbers: a run may have 100,000. */
export class RunCounts {
	readonly #labels = new Map<string, number>();
	readonly #caseNumbers = new IndexNumbers();
	readonly #slots = new NumberColumn();
	readonly #variants = new NumberColumn();
	readonly #cases = new NumberColumn();
	/** Position in `verdicts`. */
	readonly #verdicts = new NumberColumn();
	readonly #reused = new NumberColumn();
	/** NaN if it is not known. */
	readonly #costs = new NumberColumn();

	readonly add = ({ trialId, variant, verdict, reused, costUsd, case: { index } }: Counted): void => {
		this.#slots.push(slotNumber(trialId));
		this.#variants.push(numberOf(this.#labels, variant));
		this.#cases.push(this.#caseNumbers.numberOf(index));
		this.#verdicts.push(verdicts.indexOf(verdict));
		this.#reused.push(Number(reused));
		this.#costs.push(costUsd ?? NaN);
	};

	/** The run with these counts instead of those of its row, which may be older. */
	report(run: SuiteRun): RunReport {
		const all = [...this.#labels].map(() => new VariantSums(this.#caseNumbers.size));
		const latest = latestPositions(this.#slots);
		let costUsd = 0;
		for (const at of latest) {
			const sums = all[this.#variants.at(at) ?? 0];
			if (sums) {
				this.#count(sums, at);
			}
			costUsd += this.#costs.at(at) ?? 0;
		}
		const variants = run.variants.map(({ worth: _worth, ...variant }): VariantReport => {
			const sums = all[this.#labels.get(variant.label) ?? -1] ?? new VariantSums(0);
			const { pass: passed, fail: failed, error: errors } = sums.counts;
			const counts = { passed, failed, errors, reused: sums.reused, costUsd: known(sums.costUsd) };
			return { ...variant, ...counts, of: passed + failed, ...rateOf(sums, variant.isModel) };
		});
		return { ...run, done: latest.length, costUsd: known(costUsd), variants };
	}

	#count(sums: VariantSums, at: number): void {
		const verdict = verdicts[this.#verdicts.at(at) ?? 0] ?? 'error';
		const one = this.#cases.at(at) ?? 0;
		sums.counts[verdict]++;
		sums.reused += this.#reused.at(at) ?? 0;
		sums.costUsd += this.#costs.at(at) ?? 0;
		sums.passed[one] = (sums.passed[one] ?? 0) + (verdict === 'pass' ? 1 : 0);
		sums.of[one] = (sums.of[one] ?? 0) + (verdict === 'error' ? 0 : 1);
	}
}

/** The number of a key in the order of first appearance. */
function numberOf<Key>(numbers: Map<Key, number>, key: Key): number {
	const known = numbers.get(key);
	if (known === undefined) {
		numbers.set(key, numbers.size);
	}
	return known ?? numbers.size - 1;
}

function known(costUsd: number): number | null {
	return Number.isNaN(costUsd) ? null : costUsd;
}

/** Answers to the same case are not independent, so the case is the unit. */
function rateOf(counted: VariantSums, isModel: boolean): Pick<VariantReport, 'rate' | 'interval' | 'unit'> {
	const sums = noCases();
	counted.of.forEach((of, one) => addCase(sums, { passed: counted.passed[one] ?? 0, of }));
	const { rate, interval } = rateOfSums(sums);
	const unit = sums.of > sums.cases ? 'case' : 'answer';
	return isModel ? { rate, interval, unit } : { rate: null, interval: null, unit };
}
