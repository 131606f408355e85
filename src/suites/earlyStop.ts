import type { Verdict } from '../common/suiteModel.ts';
import { logBetOnDifference } from '../statistics/alwaysValid.ts';
import type { TrialOrder } from './trialOrder.ts';

/** The chance of telling equal variants apart, over all looks together. */
const alpha = 0.05;

/** Passed answers of a variant and those with a verdict. */
interface Counts {
	passed: number;
	of: number;
}

interface CaseState {
	/** Trials that have not ended. */
	left: number;
	/** By position of the variant. */
	counts: Counts[];
}

/**
 * Decides whether a run of two variants has seen enough. It looks whenever the next case in the seeded order is complete, so
 * that fast answers do not come before slow ones, and ends only if all complete cases together say the same.
 */
export class EarlyStop {
	readonly #slotOf: TrialOrder['slot'];
	readonly #order: readonly number[];
	readonly #cases = new Map<number, CaseState>();
	readonly #differences: number[] = [];
	/** How many cases of the order were looked at. */
	#position = 0;

	/** `trials`: in the order of their slots, what an earlier part of the run has settled. */
	constructor(order: TrialOrder, trials: Iterable<readonly [number: number, verdict: Verdict]> = []) {
		this.#slotOf = (number) => order.slot(number);
		for (let position = 0; position < order.length; position++) {
			const slot = order.at(position);
			if (slot) {
				const state = this.#cases.get(slot.caseAt) ?? { left: 0, counts: [] };
				state.left++;
				state.counts[slot.variantAt] = { passed: 0, of: 0 };
				this.#cases.set(slot.caseAt, state);
			}
		}
		this.#order = [...this.#cases.keys()];
		for (const [number, verdict] of trials) {
			this.#count(number, verdict);
		}
		this.#advance();
	}

	/** Cases that are complete. */
	get complete(): number {
		return [...this.#cases.values()].filter(({ left }) => left === 0).length;
	}

	get cases(): number {
		return this.#order.length;
	}

	/** Whether it is clear by now which variant is better. */
	get isDecided(): boolean {
		return isSure(this.#differences) && isSure([...this.#cases.values()].flatMap(differenceOf));
	}

	/** Counts a trial that has ended. True if there was something new to look at, and it decides. */
	add(number: number, verdict: Verdict): boolean {
		this.#count(number, verdict);
		return this.#advance() && this.isDecided;
	}

	#count(number: number, verdict: Verdict): void {
		const { caseAt, variantAt } = this.#slotOf(number);
		const state = this.#cases.get(caseAt);
		const counts = state?.counts[variantAt];
		if (state && counts) {
			state.left--;
			counts.passed += verdict === 'pass' ? 1 : 0;
			counts.of += verdict === 'error' ? 0 : 1;
		}
	}

	/** Whether the cases that are complete from the first one on have become more. */
	#advance(): boolean {
		const before = this.#position;
		for (;;) {
			const state = this.#cases.get(this.#order[this.#position] ?? -1);
			if (!state || state.left > 0) {
				return this.#position > before;
			}
			this.#position++;
			this.#differences.push(...differenceOf(state));
		}
	}
}

/** Share that the second variant passed less that of the first; nothing for a case that is not complete or has only errors. */
function differenceOf({ left, counts: [a, b] }: CaseState): number[] {
	return left === 0 && a && b && a.of > 0 && b.of > 0 ? [b.passed / b.of - a.passed / a.of] : [];
}

function isSure(differences: readonly number[]): boolean {
	return logBetOnDifference(differences) >= -Math.log(alpha);
}
