import * as l10n from '@vscode/l10n';
import type { SuiteRun } from '../../../common/suiteModel.ts';
import type { PlannedRun } from '../../../suites/plannedRun.ts';
import type { RunCaps } from './testingServices.ts';

/** Requests of all runs together that saving may cause. */
export const maxContinuousCalls = 500;

/** What is left of the limits of a continuous run: they hold for all runs that it causes together. */
export class ContinuousBudget {
	#calls = maxContinuousCalls;
	#costUsd: number;

	constructor(maxCostUsd: number) {
		this.#costUsd = maxCostUsd;
	}

	get isSpent(): boolean {
		return this.#calls <= 0 || this.#costUsd <= 0;
	}

	/** Of the next run. A limit in money cannot be kept where a price is unknown. */
	caps({ estimate }: Pick<PlannedRun, 'estimate'>): RunCaps {
		return {
			maxCalls: this.#calls,
			...(estimate.costUsd !== undefined && { maxCostUsd: this.#costUsd }),
		};
	}

	take({ calls, costUsd }: Pick<SuiteRun, 'calls' | 'costUsd'>): void {
		this.#calls -= calls;
		this.#costUsd -= costUsd ?? 0;
	}

	/** For the user's consent. */
	get text(): string {
		return l10n.t(
			'After each save, the cases that are affected are run again. All of these runs together cost at most ${0} and make at most {1} requests.',
			this.#costUsd.toFixed(2),
			this.#calls,
		);
	}
}
