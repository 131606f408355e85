import type { AppError } from '../../common/errors.ts';
import type { BatchProgress } from '../../common/suiteModel.ts';
import type { BatchPart } from './batchFiles.ts';
import type { RequestPlaces } from './requestPlaces.ts';

/** Reports how the batches of a run stand, whenever that has changed. */
export class BatchReport {
	readonly #places: RequestPlaces;
	readonly #unfinished: () => BatchPart[];
	readonly #onProgress: (progress: BatchProgress) => void;
	/** Of the parts that are still going on at their providers. */
	readonly #counts = new Map<number, number>();
	#trouble: string | undefined;
	/** The most that was reported as done: while results are read, they are counted one by one. */
	#mostDone = 0;
	#shown = '';

	constructor(places: RequestPlaces, unfinished: () => BatchPart[], onProgress: (progress: BatchProgress) => void) {
		this.#places = places;
		this.#unfinished = unfinished;
		this.#onProgress = onProgress;
	}

	/** What a provider says is done of a part; undefined once its results are read. */
	count({ part, requests }: BatchPart, done: number | undefined): void {
		if (done === undefined) {
			this.#counts.delete(part);
		} else {
			this.#counts.set(part, Math.min(done, requests));
			this.show();
		}
	}

	/** Why a provider did not answer; undefined once it has. */
	noteTrouble(error: AppError | undefined): void {
		this.#trouble = error?.message;
		this.show();
	}

	show(): void {
		const running = [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
		const unfinished = this.#unfinished();
		this.#mostDone = Math.min(Math.max(this.#mostDone, this.#places.done + running), this.#places.size);
		const progress: BatchProgress = {
			state:
				unfinished.length === 0
					? 'ended'
					: unfinished.some(({ state }) => state === 'ready' || state === 'sending')
						? 'submitting'
						: 'waiting',
			requests: this.#places.size,
			done: this.#mostDone,
			...(this.#trouble !== undefined && { trouble: this.#trouble }),
		};
		const text = JSON.stringify(progress);
		if (text !== this.#shown && this.#places.size > 0) {
			this.#shown = text;
			this.#onProgress(progress);
		}
	}
}
