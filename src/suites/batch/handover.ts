import type { Turn } from '../../common/turn.ts';
import type { SentRequest } from '../../providers/provider.ts';
import type { Slot } from '../trialOrder.ts';

/** A trial that is to be run, with its answer if a batch has one. */
export interface Work {
	slot: Slot;
	given?: GivenAnswer;
}

export interface GivenAnswer {
	turn: Turn;
	request: SentRequest;
}

/** Answers that are read ahead of those who grade them. */
const maxWaiting = 32;

/** Passes what batches have answered to the workers of a run. Whoever offers waits while they are busy. */
export class Handover {
	readonly #waiting: Work[] = [];
	readonly #takers = new Set<(work: Work | undefined) => void>();
	readonly #givers = new Set<() => void>();
	#open = 0;
	#isClosed = false;

	/** Resolves when there is room for more. What is offered after `close` is dropped. */
	async offer(work: Work): Promise<void> {
		while (this.#waiting.length >= maxWaiting && !this.#isClosed) {
			await new Promise<void>((resolve) => this.#givers.add(resolve));
		}
		if (this.#isClosed) {
			return;
		}
		this.#open++;
		const [taker] = this.#takers;
		if (taker) {
			this.#takers.delete(taker);
			taker(work);
		} else {
			this.#waiting.push(work);
		}
	}

	/** The next one; undefined once nothing more comes. */
	async take(): Promise<Work | undefined> {
		const next = this.#waiting.shift();
		if (next) {
			this.#wakeGivers();
			return next;
		}
		return this.#isClosed ? undefined : new Promise((resolve) => this.#takers.add(resolve));
	}

	/** What was taken has ended. */
	finish(): void {
		this.#open--;
		this.#wakeGivers();
	}

	/** Resolves when everything that was offered has ended, or at `close`. */
	async drained(): Promise<void> {
		while (this.#open > 0 && !this.#isClosed) {
			await new Promise<void>((resolve) => this.#givers.add(resolve));
		}
	}

	/** Nothing more comes; `drop` forgets what was not taken yet. */
	close({ drop = false } = {}): void {
		this.#isClosed = true;
		if (drop) {
			this.#waiting.length = 0;
		}
		this.#wakeGivers();
		if (this.#waiting.length === 0) {
			this.#takers.forEach((taker) => taker(undefined));
			this.#takers.clear();
		}
	}

	#wakeGivers(): void {
		const givers = [...this.#givers];
		this.#givers.clear();
		givers.forEach((wake) => wake());
	}
}
