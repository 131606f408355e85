import type { Verdict } from '../../common/suiteModel.ts';
import { confirmations, stableVerdict } from './stableVerdict.ts';

/** Rules that are muted together: positions, `to` is after the last. */
export interface RuleBlock {
	from: number;
	to: number;
}

/** Cases to be asked without the rules of a block. */
export interface AblationQuestion {
	block: RuleBlock;
	cases: readonly string[];
	/** Answers to each case. */
	repeat: number;
}

/** What is known of a rule. */
export interface RuleFinding {
	/** Cases whose verdict is another one without the rule. */
	changed: string[];
	/** The rule was not muted with all cases, because the budget was spent or an answer was an error. */
	isUndecided: boolean;
}

export interface AblationOptions {
	/** Number of rules. */
	rules: number;
	/** The verdict of each case that is stable with the whole prompt; others cannot be said to have changed. */
	stable: ReadonlyMap<string, 'pass' | 'fail'>;
	/** Requests that one answer to a case takes. */
	callsOf: (name: string) => number;
	/** Requests that all questions may take together. */
	budget: number;
}

/** The part of the budget that the first round may take: what it finds has to be asked again. */
const firstShare = 2 / 3;

/**
 * Finds the rules that decide verdicts by muting them. If the budget allows it each rule is muted by itself; else blocks of
 * rules are, and a block that changed a verdict is halved and asked about the cases it changed, the block with most of them first.
 */
export class RuleAblation {
	readonly #options: AblationOptions;
	readonly #changed: Set<string>[];
	readonly #undecided = new Set<number>();
	#left: number;
	#waiting: AblationQuestion[];

	constructor(options: AblationOptions) {
		const { rules, stable, budget } = options;
		this.#options = options;
		this.#left = budget;
		this.#changed = Array.from({ length: rules }, () => new Set());
		const cases = [...stable.keys()];
		const round = this.#callsOf({ block: { from: 0, to: 0 }, cases, repeat: 1 });
		const blocks = round === 0 ? 0 : Math.min(rules, Math.max(1, Math.floor((budget * firstShare) / round)));
		this.#waiting = Array.from({ length: blocks }, (_, index) => ({
			block: { from: Math.floor((index * rules) / blocks), to: Math.floor(((index + 1) * rules) / blocks) },
			cases,
			repeat: 1,
		}));
		if (blocks === 0) {
			this.#leave({ from: 0, to: rules });
		}
	}

	/** What is to be asked next, within the budget; empty at the end. Each answer is given to `take`. */
	next(): AblationQuestion[] {
		const waiting = this.#waiting.toSorted((one, other) => priority(other) - priority(one));
		this.#waiting = [];
		return waiting.filter((question) => {
			const calls = this.#callsOf(question);
			if (calls > this.#left) {
				this.#leave(question.block);
				return false;
			}
			this.#left -= calls;
			return true;
		});
	}

	/** Requests that took more than planned. */
	spend(calls: number): void {
		this.#left -= calls;
	}

	/** The verdicts of a question by case; what is missing was not answered. */
	take({ block, cases, repeat }: AblationQuestion, verdicts: ReadonlyMap<string, readonly Verdict[]>): void {
		const different: string[] = [];
		for (const name of cases) {
			const found = verdicts.get(name) ?? [];
			if (found.length < repeat || found.includes('error')) {
				this.#leave(block);
			}
			const verdict = stableVerdict(found, repeat);
			if (verdict !== undefined && verdict !== this.#options.stable.get(name)) {
				different.push(name);
			}
		}
		if (repeat > 1) {
			different.forEach((name) => this.#changed[block.from]?.add(name));
		} else if (different.length > 0) {
			this.#waiting.push(...partsOf(block).map((part) => ({ ...part, cases: different })));
		}
	}

	get findings(): RuleFinding[] {
		return this.#changed.map((changed, index) => ({
			changed: [...changed],
			isUndecided: this.#undecided.has(index),
		}));
	}

	#callsOf({ cases, repeat }: AblationQuestion): number {
		return repeat * cases.reduce((sum, name) => sum + this.#options.callsOf(name), 0);
	}

	#leave({ from, to }: RuleBlock): void {
		for (let rule = from; rule < to; rule++) {
			this.#undecided.add(rule);
		}
	}
}

/** A single rule is asked about again, a block by halves. */
function partsOf({ from, to }: RuleBlock): Pick<AblationQuestion, 'block' | 'repeat'>[] {
	if (to - from === 1) {
		return [{ block: { from, to }, repeat: confirmations }];
	}
	const middle = Math.ceil((from + to) / 2);
	return [
		{ block: { from, to: middle }, repeat: 1 },
		{ block: { from: middle, to }, repeat: 1 },
	];
}

/** What is nearly found comes first, then what concerns most cases. */
function priority({ cases, repeat }: AblationQuestion): number {
	return cases.length + (repeat > 1 ? 1e9 : 0);
}
