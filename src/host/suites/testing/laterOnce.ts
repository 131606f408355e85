import type { Disposable } from '../../../common/lifecycle.ts';

/** Does work a little later, once for all calls with the same key in the meantime: changes come in bursts. */
export class LaterOnce implements Disposable {
	readonly #pause: number;
	readonly #onFailed: (error: unknown) => void;
	readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

	/** In milliseconds. */
	constructor(pause: number, onFailed: (error: unknown) => void) {
		this.#pause = pause;
		this.#onFailed = onFailed;
	}

	run(key: string, work: () => Promise<unknown>): void {
		if (!this.#timers.has(key)) {
			const start = () => {
				this.#timers.delete(key);
				work().catch(this.#onFailed);
			};
			this.#timers.set(key, setTimeout(start, this.#pause));
		}
	}

	dispose(): void {
		this.#timers.forEach((timer) => clearTimeout(timer));
		this.#timers.clear();
	}
}
