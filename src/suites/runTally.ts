import type { RunVariant, SuiteRun, Trial, Verdict } from '../common/suiteModel.ts';

export type CountedTrial = Pick<Trial, 'trialId' | 'variant' | 'verdict' | 'reused' | 'costUsd'>;

const countOf = { pass: 'passed', fail: 'failed', error: 'errors' } as const satisfies Record<
	Verdict,
	keyof RunVariant
>;

/** Counts the trials of a run as they end. */
export class RunTally {
	readonly #run: SuiteRun;
	readonly #variants: ReadonlyMap<string, RunVariant>;

	constructor(run: SuiteRun) {
		this.#run = structuredClone(run);
		this.#variants = new Map(this.#run.variants.map((variant) => [variant.label, variant]));
	}

	/** Counts a trial; one that replaces an error no longer counts as that error, and its cost includes that of the error. */
	add({ variant: label, verdict, reused, costUsd }: CountedTrial, replaced?: CountedTrial): void {
		const run = this.#run;
		const variant = this.#variants.get(label);
		if (!variant) {
			return;
		}
		if (replaced) {
			variant[countOf[replaced.verdict]]--;
			variant.reused -= replaced.reused ? 1 : 0;
		} else {
			run.done++;
		}
		variant[countOf[verdict]]++;
		variant.reused += reused ? 1 : 0;
		const cost = costUsd === null ? null : costUsd - (replaced?.costUsd ?? 0);
		variant.costUsd = sum(variant.costUsd, cost);
		run.costUsd = sum(run.costUsd, cost);
	}

	/** The run as it stands, with changes. */
	snapshot(changes: Partial<SuiteRun>): SuiteRun {
		return structuredClone({ ...this.#run, ...changes });
	}
}

function sum(total: number | null, cost: number | null): number | null {
	return total === null || cost === null ? null : total + cost;
}
