import type { EarlierTrial } from './earlierTrials.ts';
import type { Gradable } from './gradeTrial.ts';
import type { PlannedCase, SpooledRun, PlannedVariant } from './plannedRun.ts';
import type { SuiteContext } from './suiteContext.ts';
import { trialIdOf, variantsOf, type Slot } from './trialOrder.ts';

/** A slot with its case and variant. */
export interface Task {
	slot: Slot;
	one: PlannedCase;
	variant: PlannedVariant;
}

/** An answer that is to be graded. */
export interface Attempt extends Task {
	gradable: Gradable;
	requestHash: string;
	reused: boolean;
	/** US dollars that the answer cost in this part of the run; null if the price is unknown. */
	spentUsd: number | null;
}

/** An answer with those of the other variants, by label. */
export interface Compared {
	attempt: Attempt;
	others: Record<string, string>;
}

interface GroupOptions {
	context: Pick<SuiteContext, 'files'>;
	runId: string;
	planned: SpooledRun;
	earlier: ReadonlyMap<number, EarlierTrial>;
}

/** Keeps the answers to a case until all its variants have one: some graders compare them. */
export class VariantGroups {
	readonly #options: GroupOptions;
	readonly #groups = new Map<string, { attempts: Attempt[]; ended: number }>();

	constructor(options: GroupOptions) {
		this.#options = options;
	}

	/** All answers of the case once this was the last one, and nothing before. */
	async add(attempt: Attempt): Promise<Compared[]> {
		return this.#end(attempt, attempt);
	}

	/** The same for a variant that has no answer. */
	async skip(task: Task): Promise<Compared[]> {
		return this.#end(task, undefined);
	}

	/** Takes out the answers that still wait for others. */
	takeAll(): Attempt[] {
		const attempts = [...this.#groups.values()].flatMap((group) => group.attempts);
		this.#groups.clear();
		return attempts;
	}

	async #end({ slot, one }: Task, attempt: Attempt | undefined): Promise<Compared[]> {
		const key = `${slot.caseAt} ${slot.repeat}`;
		const group = this.#groups.get(key) ?? { attempts: [], ended: 0 };
		this.#groups.set(key, group);
		group.ended++;
		if (attempt) {
			group.attempts.push(attempt);
		}
		const { planned, earlier } = this.#options;
		const slots = variantsOf(planned, one).map((variantAt) => slot.number - slot.variantAt + variantAt);
		const settled = slots.filter((number) => earlier.get(number)?.isRepeated === false);
		if (group.ended < slots.length - settled.length) {
			return [];
		}
		// Loaded before the group is taken out: what is being loaded when the run ends is not lost.
		const known = await Promise.all(settled.map((number) => this.#earlierAnswer(number)));
		if (!this.#groups.delete(key)) {
			return [];
		}
		const answers = [
			...known.flat(),
			...group.attempts.map(({ variant, gradable }): [string, string] => [variant.label, gradable.output]),
		];
		return group.attempts.map((one) => ({
			attempt: one,
			others: Object.fromEntries(answers.filter(([label]) => label !== one.variant.label)),
		}));
	}

	async #earlierAnswer(number: number): Promise<[string, string][]> {
		const { context, runId } = this.#options;
		const { variant, output, assertions } = await context.files.trial(runId, trialIdOf(runId, { number }));
		return assertions.length === 0 && output === '' ? [] : [[variant, output]];
	}
}
