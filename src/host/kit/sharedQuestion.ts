import { throwIfAborted } from '../../common/errors.ts';
import { unlessAborted } from '../../providers/unlessAborted.ts';

interface Open<T> {
	answer: Promise<T>;
	controller: AbortController;
	waiting: number;
}

/**
 * A question to the user that concurrent callers share. Each caller can leave; the question closes when the last one
 * has left.
 */
export class SharedQuestion<T> {
	#open: Open<T> | undefined;

	/**
	 * Rejects with `cancelled` if the caller's signal is aborted. `put` shows the question until its own signal is
	 * aborted.
	 */
	async ask(put: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
		throwIfAborted(signal);
		const open = (this.#open ??= this.#put(put));
		open.waiting++;
		try {
			return await (signal ? unlessAborted(signal, open.answer) : open.answer);
		} finally {
			open.waiting--;
			if (open.waiting === 0) {
				this.#close(open);
				open.controller.abort();
			}
		}
	}

	#put(put: (signal: AbortSignal) => Promise<T>): Open<T> {
		const controller = new AbortController();
		const open = { answer: put(controller.signal), controller, waiting: 0 };
		const close = () => this.#close(open);
		// Callers receive the rejection themselves.
		open.answer.then(close, close);
		return open;
	}

	#close(open: Open<T>): void {
		if (this.#open === open) {
			this.#open = undefined;
		}
	}
}
