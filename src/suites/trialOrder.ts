import { seededRandom } from '../common/seededRandom.ts';
import type { PlannedCase, SpooledRun, PlannedVariant } from './plannedRun.ts';

/** One answer of a planned run. `number` identifies it within the run. */
export interface Slot {
	number: number;
	/** Positions in the plan. */
	caseAt: number;
	variantAt: number;
	/** From 1. */
	repeat: number;
}

type Planned = Pick<SpooledRun, 'cases' | 'variants' | 'repeat' | 'seed' | 'stopsEarly' | 'isImported'>;

/**
 * All trials of a run in the order in which they start: round by round of the repeats, the cases of each round shuffled,
 * and the variants of a case next to each other in changing order. Whatever has ended when a run stops is balanced then. A run
 * that may stop early asks all repeats of a case before the next one: it looks at whole cases.
 */
export class TrialOrder {
	readonly #cases: number;
	readonly #variants: number;
	readonly #numbers: Uint32Array;

	constructor(plan: Planned) {
		this.#cases = plan.cases.length;
		this.#variants = plan.variants.length;
		const random = seededRandom(plan.seed);
		const { repeats, answering, trials } = answersOf(plan);
		const numbers = new Uint32Array(trials);
		const cases = Array.from({ length: this.#cases }, (_, index) => index);
		const rounds = repeats.reduce((most, one) => Math.max(most, one), 0);
		let length = 0;
		const add = (caseAt: number, repeat: number) => {
			if (repeat <= (repeats[caseAt] ?? 0)) {
				for (const variantAt of shuffle([...(answering[caseAt] ?? [])], random)) {
					numbers[length++] = this.#numberOf({ caseAt, variantAt, repeat });
				}
			}
		};
		if (plan.stopsEarly) {
			for (const caseAt of shuffle(cases, random)) {
				for (let repeat = 1; repeat <= rounds; repeat++) {
					add(caseAt, repeat);
				}
			}
		} else {
			for (let repeat = 1; repeat <= rounds; repeat++) {
				shuffle(cases, random).forEach((caseAt) => add(caseAt, repeat));
			}
		}
		this.#numbers = numbers;
	}

	get length(): number {
		return this.#numbers.length;
	}

	/** The slot at a position of the order. */
	at(position: number): Slot | undefined {
		const number = this.#numbers[position];
		return number === undefined ? undefined : this.slot(number);
	}

	/** The slot with a number. */
	slot(number: number): Slot {
		const rest = Math.floor(number / this.#variants);
		return {
			number,
			variantAt: number % this.#variants,
			caseAt: rest % this.#cases,
			repeat: Math.floor(rest / this.#cases) + 1,
		};
	}

	#numberOf(slot: Omit<Slot, 'number'>): number {
		return numberOfSlot({ cases: this.#cases, variants: this.#variants }, slot);
	}
}

/** What identifies a trial in a run of so many cases and variants. */
export function numberOfSlot(
	{ cases, variants }: { cases: number; variants: number },
	{ caseAt, variantAt, repeat }: Omit<Slot, 'number'>,
): number {
	return ((repeat - 1) * cases + caseAt) * variants + variantAt;
}

export function trialCount(plan: Pick<Planned, 'cases' | 'variants' | 'repeat' | 'isImported'>): number {
	return answersOf(plan).trials;
}

/** How often each case is asked, the positions of the variants that answer it, and how many answers that are. One look at each case. */
function answersOf(plan: Pick<Planned, 'cases' | 'variants' | 'repeat' | 'isImported'>): {
	repeats: Uint32Array;
	answering: (readonly number[])[];
	trials: number;
} {
	const repeats = new Uint32Array(plan.cases.length);
	const answering: (readonly number[])[] = [];
	const known = new Map<string, readonly number[]>();
	let trials = 0;
	for (const one of plan.cases) {
		const variants = variantsOf(plan, one);
		const key = variants.join();
		// Most cases are answered by the same variants, so their lists are one.
		const shared = known.get(key) ?? variants;
		known.set(key, shared);
		repeats[answering.length] = repeatsOf(plan, one);
		trials += repeatsOf(plan, one) * variants.length;
		answering.push(shared);
	}
	return { repeats, answering, trials };
}

/** How often each variant answers a case: a recorded answer is there once, unless another tool recorded several. */
export function repeatsOf(
	{ repeat, isImported }: Pick<Planned, 'repeat' | 'isImported'>,
	suiteCase: PlannedCase,
): number {
	return isRecorded(suiteCase) && !isImported ? 1 : (repeat ?? suiteCase.repeat);
}

/** Positions of the variants that answer a case. */
export function variantsOf({ variants }: Pick<Planned, 'variants'>, suiteCase: PlannedCase): number[] {
	return variants.flatMap((variant, index) => (answers(variant, suiteCase) ? [index] : []));
}

function answers(variant: PlannedVariant, { output, outputs }: PlannedCase): boolean {
	if (variant.kind === 'asked') {
		return output === undefined && outputs === undefined;
	}
	return variant.output === null
		? output !== undefined
		: outputs !== undefined && Object.hasOwn(outputs, variant.output);
}

/** Whether the answers of a case are recorded, so that no model is asked. */
export function isRecorded({ output, outputs }: Pick<PlannedCase, 'output' | 'outputs'>): boolean {
	return output !== undefined || outputs !== undefined;
}

/** Fisher and Yates, in place. */
function shuffle(items: number[], random: () => number): number[] {
	for (let last = items.length - 1; last > 0; last--) {
		const chosen = Math.floor(random() * (last + 1));
		[items[last], items[chosen]] = [items[chosen] ?? 0, items[last] ?? 0];
	}
	return items;
}

/** Unique among all runs; a trial that is run again has the same id, and the later one counts. */
export function trialIdOf(runId: string, { number }: Pick<Slot, 'number'>): string {
	return `${runId}-${number}`;
}

/** The slot that an id was made of. */
export function slotNumber(trialId: string): number {
	return Number(trialId.slice(trialId.lastIndexOf('-') + 1));
}
