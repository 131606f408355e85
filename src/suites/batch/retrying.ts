import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfAborted, toAppError, type AppError } from '../../common/errors.ts';

/** First and longest pause between two questions to a provider, in milliseconds. */
const firstPauseMs = 10_000;
const maxPauseMs = 300_000;
const growth = 1.5;

export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Waits by the clock of the system; an abort ends it. */
export async function systemWait(milliseconds: number, signal: AbortSignal): Promise<void> {
	await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** Pauses that grow. */
export class Pauses {
	readonly #wait: Wait;
	readonly #signal: AbortSignal;
	#next = firstPauseMs;

	constructor(wait: Wait, signal: AbortSignal) {
		this.#wait = wait;
		this.#signal = signal;
	}

	/** Waits at least `least` milliseconds. Rejects with `cancelled`. */
	async pause(least = 0): Promise<void> {
		throwIfAborted(this.#signal);
		await this.#wait(Math.max(least, this.#next), this.#signal);
		throwIfAborted(this.#signal);
		this.#next = Math.min(this.#next * growth, maxPauseMs);
	}
}

/** Whether a provider has refused a call, so that nothing has happened; without an answer nobody knows. */
export function isRefusal(error: AppError): boolean {
	const { status } = error.info;
	return (
		error.code === 'validation' ||
		error.code === 'auth' ||
		(status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 409)
	);
}

/**
 * Calls a provider until it answers, however long its network is gone: a batch goes on meanwhile. `onTrouble` gets
 * what is wrong, and undefined once it is over. Rejects with what another attempt would not change.
 */
export async function untilAnswered<T>(
	work: () => Promise<T>,
	pauses: Pauses,
	onTrouble: (error: AppError | undefined) => void,
): Promise<T> {
	for (let isTroubled = false; ; isTroubled = true) {
		try {
			const result = await work();
			if (isTroubled) {
				onTrouble(undefined);
			}
			return result;
		} catch (thrown) {
			const error = toAppError(thrown);
			if (error.code === 'cancelled' || error.code === 'storage' || error.info.retryable !== true) {
				throw error;
			}
			onTrouble(error);
			await pauses.pause(error.info.retryAfter);
		}
	}
}
