import { endParts } from '../common/endParts.ts';
import { AppError } from '../common/errors.ts';
import { emptyTurn, foldPart, type Turn } from '../common/foldParts.ts';
import { Emitter, type Event } from '../common/lifecycle.ts';
import type { StreamPart } from '../common/streamParts.ts';

export type LiveRunKind = 'chat' | 'test';

/** What a run is about. `key`: the id of the assistant message (chat) or of the test result (test). */
export interface LiveRunSubject {
	kind: LiveRunKind;
	draftId: number;
	key: string;
	/** `provider/model`. */
	model: string;
	/** False for the built-in guide. */
	isModel: boolean;
	/** For a test: the question. */
	query?: string;
	topic?: string;
}

export interface NumberedPart {
	/** Parts before this one; a gap tells a listener that it missed something. */
	position: number;
	part: StreamPart;
}

/** A chat answer or a test that is streaming now. It goes on whether anybody looks or not. */
export interface LiveRun extends LiveRunSubject {
	readonly startedAt: string;
	readonly turn: Turn;
	/** Number of parts so far. */
	readonly position: number;
	readonly onPart: Event<NumberedPart>;
	stop(): void;
	/** Resolves after `done`, when everything is stored; never rejects. */
	readonly finished: Promise<void>;
	/** All parts from the first on; leaving the loop early stops the run. */
	parts(): AsyncIterable<StreamPart>;
}

/** The runs of this window. A run's parts end with `done`, whatever its producer does. */
export class LiveRuns {
	readonly #active = new Set<LiveRun>();
	/** Drafts whose next answer is being prepared. */
	readonly #reserved = new Set<number>();
	readonly #started = new Emitter<LiveRun>();
	readonly #ended = new Emitter<LiveRun>();
	readonly #now: () => Date;

	readonly onDidStart = this.#started.event;
	readonly onDidEnd = this.#ended.event;

	constructor(now: () => Date) {
		this.#now = now;
	}

	get active(): readonly LiveRun[] {
		return [...this.#active];
	}

	of(draftId: number, kind?: LiveRunKind): LiveRun[] {
		return this.active.filter((run) => run.draftId === draftId && (kind === undefined || run.kind === kind));
	}

	/**
	 * Keeps the place of a chat's next answer until it runs: of two messages that are sent at once the second is refused here,
	 * before anything of it is stored. The place is free again when the answer to this call is called, or its run has begun.
	 */
	reserveAnswer(draftId: number): () => void {
		if (this.#reserved.has(draftId) || this.of(draftId, 'chat').length > 0) {
			throw new AppError('validation', 'The assistant is still answering. Wait, or stop it first');
		}
		this.#reserved.add(draftId);
		return () => this.#reserved.delete(draftId);
	}

	/** Stops what runs for a draft, or everything. */
	stop(draftId?: number): void {
		for (const run of this.#active) {
			if (draftId === undefined || run.draftId === draftId) {
				run.stop();
			}
		}
	}

	/** Starts at once. `signal` stops it from outside, as `stop()` does. */
	start(
		subject: LiveRunSubject,
		produce: (signal: AbortSignal) => AsyncIterable<StreamPart>,
		signal?: AbortSignal,
	): LiveRun {
		const controller = new AbortController();
		const stop = () => controller.abort();
		signal?.addEventListener('abort', stop, { once: true });
		if (signal?.aborted) {
			stop();
		}
		const arrived = new Emitter<NumberedPart>();
		const history: StreamPart[] = [];
		let turn = emptyTurn;

		const push = (part: StreamPart) => {
			turn = foldPart(turn, part);
			history.push(part);
			arrived.fire({ position: history.length - 1, part });
		};

		const consume = async (): Promise<void> => {
			// One turn of the event loop later, so that the caller can subscribe before the first part.
			await Promise.resolve();
			try {
				for await (const part of produce(controller.signal)) {
					push(part);
				}
			} catch (thrown) {
				if (turn.stopReason === undefined) {
					endParts(thrown).forEach(push);
				}
			} finally {
				signal?.removeEventListener('abort', stop);
				this.#active.delete(run);
				this.#ended.fire(run);
			}
		};

		const run: LiveRun = {
			...subject,
			startedAt: this.#now().toISOString(),
			get turn() {
				return turn;
			},
			get position() {
				return history.length;
			},
			onPart: arrived.event,
			stop,
			get finished() {
				return finished;
			},
			parts: () => follow(history, arrived.event, stop),
		};
		this.#active.add(run);
		this.#started.fire(run);
		const finished = consume();
		return run;
	}
}

async function* follow(
	history: readonly StreamPart[],
	arrived: Event<NumberedPart>,
	stop: () => void,
): AsyncGenerator<StreamPart> {
	let wake: () => void = () => undefined;
	const subscription = arrived(() => wake());
	let ended = false;
	try {
		for (let index = 0; !ended;) {
			const part = history[index];
			if (part === undefined) {
				await new Promise<void>((resolve) => {
					wake = resolve;
				});
			} else {
				index++;
				ended = part.type === 'done';
				yield part;
			}
		}
	} finally {
		subscription.dispose();
		if (!ended) {
			stop();
		}
	}
}
