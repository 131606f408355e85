/**
 * Detects silence. It runs between `begin` and `rest`, that is, while bytes are awaited, but not while the consumer of a
 * stream is busy. One timer serves a whole stream: setting one for every chunk would cost more than reading it.
 */
export class Watchdog {
	readonly #limitMs: number;
	readonly #onExpired: () => void;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#awaitingSince: number | undefined;
	expired = false;

	/** `limitMs`: the longest wait in milliseconds. */
	constructor(limitMs: number, onExpired: () => void) {
		this.#limitMs = limitMs;
		this.#onExpired = onExpired;
	}

	begin(): void {
		this.#awaitingSince = performance.now();
		this.#timer ??= this.#wake(this.#limitMs);
	}

	rest(): void {
		this.#awaitingSince = undefined;
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	#wake(milliseconds: number): ReturnType<typeof setTimeout> {
		return setTimeout(() => {
			if (this.#awaitingSince === undefined) {
				this.#timer = undefined;
				return;
			}
			const left = this.#awaitingSince + this.#limitMs - performance.now();
			if (left > 0) {
				this.#timer = this.#wake(Math.ceil(left));
			} else {
				this.expired = true;
				this.#onExpired();
			}
		}, milliseconds);
	}
}
