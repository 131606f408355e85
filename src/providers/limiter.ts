import { setTimeout } from 'node:timers/promises';
import { AppError, throwIfAborted } from '../common/errors.ts';

/**
 * Lets a number of requests run at a time, in order of arrival, and holds new ones back while a provider has asked for a
 * pause. One object is shared by all runs of a provider, so parallel runs do not each learn about a rate limit on their own.
 */
export class Limiter {
	readonly #size: number;
	#running = 0;
	#openAt = 0;
	readonly #waiting = new Set<() => void>();

	constructor(size: number) {
		this.#size = size;
	}

	/**
	 * Waits for a free place. The returned function gives it back.
	 * @throws AppError `cancelled` when the signal is aborted while waiting.
	 */
	async acquire(signal: AbortSignal): Promise<() => void> {
		throwIfAborted(signal);
		if (this.#running < this.#size) {
			this.#running++;
		} else {
			await this.#place(signal);
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

	/** Starts no request for this time, in milliseconds. */
	pause(milliseconds: number): void {
		this.#openAt = Math.max(this.#openAt, performance.now() + milliseconds);
	}

	#pause(): number {
		return this.#openAt - performance.now();
	}

	/** The place goes straight to the next in line, so that nobody who came later takes it. */
	#passOn(): void {
		const [next] = this.#waiting;
		if (next) {
			next();
		} else {
			this.#running--;
		}
	}

	#place(signal: AbortSignal): Promise<void> {
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

/** Resolves after the time in milliseconds, or at once when the signal is aborted. */
export async function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
	// It rejects for one reason only, the abort.
	await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}
