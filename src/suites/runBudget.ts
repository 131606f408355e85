import * as l10n from '@vscode/l10n';
import { AppError, throwIfAborted } from '../common/errors.ts';

export interface BudgetLimits {
	maxCalls: number | null;
	maxCostUsd: number | null;
}

/** What one trial may still spend. */
export interface Ticket {
	/** Call before each request, retries and judges included. Throws if the cap is reached. */
	beforeSend: () => void;
	/** Whether a request was refused. */
	readonly isRefused: boolean;
	/** US dollars that the trial cost, null if unknown. Gives back what was reserved and not used. */
	settle(costUsd: number | null): void;
}

/**
 * Keeps a run within its caps. Requests are counted before they leave, so there are never more than allowed. What a trial
 * costs is known at its end only, so each one reserves what it probably costs: as much as the most expensive so far.
 */
export class RunBudget {
	readonly #limits: BudgetLimits;
	readonly #waiting = new Set<() => void>();
	#calls: number;
	/** Requests and dollars that trials in flight have reserved. */
	#reservedCalls = 0;
	#reservedCost = 0;
	#spent: number;
	#inFlight = 0;
	#reason: string | undefined;

	constructor(limits: BudgetLimits, calls = 0, spent = 0) {
		this.#limits = limits;
		this.#calls = calls;
		this.#spent = spent;
	}

	/** Requests so far. */
	get calls(): number {
		return this.#calls;
	}

	/** Which cap was reached, if any. */
	get reason(): string | undefined {
		return this.#reason;
	}

	/**
	 * Reserves what a trial needs at least, and waits for the end of others if they may give back enough. Undefined once a
	 * cap is reached. Rejects with `cancelled`.
	 */
	async reserve(calls: number, costUsd: () => number, signal: AbortSignal): Promise<Ticket | undefined> {
		for (;;) {
			throwIfAborted(signal);
			if (this.#reason !== undefined) {
				return undefined;
			}
			const cost = costUsd();
			const problem = this.#problem(calls, cost);
			if (problem === undefined) {
				return this.#ticket(calls, cost);
			}
			if (this.#inFlight === 0) {
				this.#end(problem);
				return undefined;
			}
			await this.#change(signal);
		}
	}

	/** What has been paid for already; it may be graded after the cap too. */
	free(): Ticket {
		return this.#ticket(0, 0);
	}

	/**
	 * Reserves a request of a batch, which leaves together with others. False once a cap is reached: it does not wait for
	 * trials that may give back enough, because a batch waits for nothing.
	 */
	hold(costUsd: number): boolean {
		const problem = this.#reason ?? this.#problem(1, costUsd);
		if (problem !== undefined) {
			this.#end(problem);
			return false;
		}
		this.#reservedCalls++;
		this.#reservedCost += costUsd;
		return true;
	}

	/** Reserves what a batch of an earlier part of the run may still cost, and its requests if they have not left. */
	holdAgain(requests: number, costUsd: number): void {
		this.#reservedCalls += requests;
		this.#reservedCost += costUsd;
	}

	/** Held requests leave. */
	sendHeld(requests: number): void {
		this.#reservedCalls -= requests;
		this.#calls += requests;
	}

	/** Gives back a request that does not leave. */
	drop(costUsd: number): void {
		this.#reservedCalls--;
		this.release(costUsd);
	}

	/** Gives back what was reserved for sent requests of a batch: their answers are there, and are settled themselves. */
	release(costUsd: number): void {
		this.#reservedCost -= costUsd;
		this.#wake();
	}

	#problem(calls: number, cost: number): string | undefined {
		const { maxCalls, maxCostUsd } = this.#limits;
		if (maxCalls !== null && this.#calls + this.#reservedCalls + calls > maxCalls) {
			return callsReason(maxCalls);
		}
		// What costs nothing, such as a recorded answer, is always allowed.
		if (maxCostUsd !== null && cost > 0 && this.#spent + this.#reservedCost + cost > maxCostUsd) {
			return l10n.t(
				'The limit of ${0} was reached: ${1} are spent, and the next trial costs about ${2}',
				maxCostUsd,
				this.#spent.toFixed(4),
				cost.toFixed(4),
			);
		}
		return undefined;
	}

	#ticket(calls: number, cost: number): Ticket {
		let left = calls;
		let isSettled = false;
		let isRefused = false;
		this.#inFlight++;
		this.#reservedCalls += calls;
		this.#reservedCost += cost;
		return {
			beforeSend: () => {
				if (left > 0) {
					left--;
					this.#reservedCalls--;
				} else if (
					this.#limits.maxCalls !== null &&
					this.#calls + this.#reservedCalls >= this.#limits.maxCalls
				) {
					isRefused = true;
					this.#end(callsReason(this.#limits.maxCalls));
					throw new AppError('validation', callsReason(this.#limits.maxCalls), {
						info: { field: 'maxCalls' },
					});
				}
				this.#calls++;
			},
			get isRefused() {
				return isRefused;
			},
			settle: (costUsd) => {
				if (!isSettled) {
					isSettled = true;
					this.#inFlight--;
					this.#reservedCalls -= left;
					left = 0;
					this.#reservedCost -= cost;
					// An unknown cost is no reason to spend more than allowed.
					this.#spent += costUsd ?? cost;
					this.#wake();
				}
			},
		};
	}

	#end(reason: string): void {
		this.#reason ??= reason;
		this.#wake();
	}

	#wake(): void {
		for (const wake of [...this.#waiting]) {
			wake();
		}
	}

	#change(signal: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			const wake = () => {
				this.#waiting.delete(wake);
				signal.removeEventListener('abort', wake);
				resolve();
			};
			this.#waiting.add(wake);
			signal.addEventListener('abort', wake);
		});
	}
}

function callsReason(maxCalls: number): string {
	return l10n.t('The limit of {0} requests was reached', maxCalls);
}
