import { setTimeout } from 'node:timers/promises';
import { AppError, throwIfAborted } from '../common/errors.ts';

/**
 * Lets a limited number of requests run at a time, in order of arrival, and holds back new ones during a pause that a
 * provider has asked for. All runs of a provider share one limiter, so that each need not run into a rate limit itself.
 */
export class Limiter {
	#size: number;
	#running = 0;
	#openAt = 0;
	readonly #waiting = new Set<() => void>();

	constructor(size: number) {
		this.#size = size;
	}

	/**
	 * Waits for a free slot. The returned function releases it.
	 * @throws AppError `cancelled` when the signal is aborted while waiting.
	 */
	async acquire(signal: AbortSignal): Promise<() => void> {
		throwIfAborted(signal);
		if (this.#running < this.#size) {
			this.#running++;
		} else {
			await this.#queue(signal);
		}
		let held = true;
		const release = () => {
			if (held) {
				held = false;
				this.#passOn();
			}
		};
		try {
			throwIfAborted(signal);
			for (let pause = this.#pause(); pause > 0; pause = this.#pause()) {
				await delay(pause, signal);
				throwIfAborted(signal);
			}
		} catch (thrown) {
			release();
			throw thrown;
		}
		return release;
	}

	/** From now on, this many may run. Requests that wait for a new slot start at once; none that runs is interrupted. */
	resize(size: number): void {
		this.#size = size;
		for (const next of [...this.#waiting]) {
			if (this.#running >= size) {
				break;
			}
			this.#running++;
			next();
		}
	}

	/** Starts no request for this time, in milliseconds. */
	pause(milliseconds: number): void {
		this.#openAt = Math.max(this.#openAt, performance.now() + milliseconds);
	}

	#pause(): number {
		return this.#openAt - performance.now();
	}

	/**
	 * Passes the slot directly to the next request in the queue, so that no later one takes it. A slot that no longer
	 * exists ends.
	 */
	#passOn(): void {
		const [next] = this.#waiting;
		if (next && this.#running <= this.#size) {
			next();
		} else {
			this.#running--;
		}
	}

	#queue(signal: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			const leave = () => {
				this.#waiting.delete(take);
				signal.removeEventListener('abort', abandon);
			};
			const take = () => {
				leave();
				resolve();
			};
			const abandon = () => {
				leave();
				reject(new AppError('cancelled', 'Cancelled'));
			};
			this.#waiting.add(take);
			signal.addEventListener('abort', abandon, { once: true });
		});
	}
}

/** Resolves after this time in milliseconds, or immediately when the signal is aborted. */
export async function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
	// It only rejects on abort.
	await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}
