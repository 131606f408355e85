import { setImmediate } from 'node:timers/promises';
import type { Disposable } from '../../../common/lifecycle.ts';

/** Milliseconds between two reports to VS Code. */
const pause = 100;
/** The longest task of a batch in milliseconds: others use the extension host too. */
const slice = 10;

/** Does work in batches, in its order, and never for long at a time. */
export class Batches implements Disposable {
	readonly #onFailed: (error: unknown) => void;
	#waiting: (() => void)[] = [];
	#timer: ReturnType<typeof setTimeout> | undefined;
	#working: Promise<void> | undefined;
	#isDisposed = false;

	constructor(onFailed: (error: unknown) => void) {
		this.#onFailed = onFailed;
	}

	add(work: () => void): void {
		this.#waiting.push(work);
		if (!this.#isDisposed) {
			this.#timer ??= setTimeout(() => void this.drain(), pause);
		}
	}

	/** Does everything that waits, now. Never rejects. */
	async drain(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#working ??= this.#work().finally(() => (this.#working = undefined));
		await this.#working;
	}

	async #work(): Promise<void> {
		while (this.#waiting.length > 0) {
			const batch = this.#waiting;
			this.#waiting = [];
			let begin = performance.now();
			for (const work of batch) {
				try {
					work();
				} catch (error) {
					this.#onFailed(error);
				}
				if (performance.now() - begin > slice) {
					await setImmediate();
					begin = performance.now();
				}
			}
		}
	}

	/** What waits is done no more. */
	dispose(): void {
		this.#isDisposed = true;
		clearTimeout(this.#timer);
		this.#waiting = [];
	}
}
