import * as l10n from '@vscode/l10n';
import type { Trial, Verdict } from '../../../common/suiteModel.ts';
import type { CaseCounts } from '../../../statistics/passRate.ts';
import { trialMessages, type CaseMessage, type ReportedTrial } from './caseMessages.ts';

/** What the answers to a case have come to. */
export interface CaseOutcome {
	/** A failure is a fact whatever else is in error. */
	verdict: Verdict;
	/** By label of the variant. */
	counts: ReadonlyMap<string, CaseCounts>;
	passed: number;
	/** Answers with a verdict. */
	of: number;
	errors: number;
	/** Answers of the same variant both pass and fail. */
	isFlaky: boolean;
	/** All answers together, in milliseconds; undefined if none was asked for. */
	duration: number | undefined;
	/** At most `maxMessages`, the last of which says how many are left out. */
	messages: CaseMessage[];
}

export type TalliedTrial = ReportedTrial & Pick<Trial, 'latencyMs'>;

/** VS Code's peek draws all messages of a test, and stops for seconds with thousands. The output has all of them. */
export const maxMessages = 20;

/** Adds up the answers to one case. */
export class CaseTally {
	/** Answers that are planned. */
	readonly expected: number;
	readonly #wanted: readonly (string | undefined)[];
	readonly #counts = new Map<string, CaseCounts>();
	readonly #messages: CaseMessage[] = [];
	/** Of the variants that answered, also with an error. */
	readonly labels = new Set<string>();
	#leftOut = 0;
	#ended = 0;
	#errors = 0;
	#duration: number | undefined;

	/** `wanted`: the answer that each assertion expects. */
	constructor(expected: number, wanted: readonly (string | undefined)[] = []) {
		this.expected = expected;
		this.#wanted = wanted;
	}

	get isComplete(): boolean {
		return this.#ended >= this.expected;
	}

	/** Whether there is anything to say about the case. */
	get hasAnswers(): boolean {
		return this.#ended > 0;
	}

	add(trial: TalliedTrial): void {
		const { variant, repeat, verdict, latencyMs } = trial;
		this.#ended++;
		this.labels.add(variant);
		if (latencyMs !== null) {
			this.#duration = (this.#duration ?? 0) + latencyMs;
		}
		if (verdict === 'error') {
			this.#errors++;
		} else {
			const counts = this.#counts.get(variant) ?? { passed: 0, of: 0 };
			counts.passed += verdict === 'pass' ? 1 : 0;
			counts.of++;
			this.#counts.set(variant, counts);
		}
		if (verdict !== 'pass' && this.#messages.length >= maxMessages - 1) {
			this.#leftOut++;
			return;
		}
		const prefix = this.expected > 1 ? `${variant}, ${l10n.t('answer {0}', repeat)}: ` : '';
		this.#messages.push(...trialMessages(trial, this.#wanted, prefix));
		this.#leftOut += this.#messages.splice(maxMessages - 1).length;
	}

	outcome(): CaseOutcome {
		const counts = [...this.#counts.values()];
		const passed = counts.reduce((sum, one) => sum + one.passed, 0);
		const of = counts.reduce((sum, one) => sum + one.of, 0);
		return {
			verdict: passed < of ? 'fail' : this.#errors > 0 || of === 0 ? 'error' : 'pass',
			counts: this.#counts,
			passed,
			of,
			errors: this.#errors,
			isFlaky: counts.some((one) => one.passed > 0 && one.passed < one.of),
			duration: this.#duration,
			messages:
				this.#leftOut === 0
					? this.#messages
					: [...this.#messages, { text: l10n.t('{0} more are in the output of the run', this.#leftOut) }],
		};
	}
}
