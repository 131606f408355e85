import type { SuiteRun } from '../common/suiteModel.ts';
import { dollars, wholeNumber } from './numbers.ts';
import type { Arguments } from './parseArguments.ts';

interface Limits {
	maxCostUsd?: number;
	maxCalls?: number;
}

/** What all suites of a command line together may still spend: `--max-cost` and `--max-calls`. */
export class SpendingLimits {
	#costUsd: number | undefined;
	#calls: number | undefined;

	/** Throws a usage error for what is no amount. */
	constructor(parsed: Arguments) {
		this.#costUsd = dollars(parsed, 'max-cost');
		this.#calls = wholeNumber(parsed, 'max-calls');
	}

	get isReached(): boolean {
		return this.#calls === 0 || this.#costUsd === 0;
	}

	/** Of a run that begins. */
	ofNew(): Limits {
		return this.ofResumed({ costUsd: 0, calls: 0 });
	}

	/** A limit of the command line is for what it spends; that of a run holds for all its parts. */
	ofResumed({ costUsd, calls }: Pick<SuiteRun, 'costUsd' | 'calls'>): Limits {
		return {
			...(this.#costUsd !== undefined && { maxCostUsd: this.#costUsd + (costUsd ?? 0) }),
			...(this.#calls !== undefined && { maxCalls: this.#calls + calls }),
		};
	}

	/** What a suite has spent, the next one cannot. */
	spend(row: SuiteRun, before: SuiteRun | undefined): void {
		if (this.#costUsd !== undefined) {
			const spent = (row.costUsd ?? 0) - (before?.costUsd ?? 0);
			this.#costUsd = Math.max(0, this.#costUsd - spent);
		}
		if (this.#calls !== undefined) {
			this.#calls = Math.max(0, this.#calls - (row.calls - (before?.calls ?? 0)));
		}
	}
}
