import { endOnce } from '../common/endOnce.ts';
import { foldPart } from '../common/foldParts.ts';
import { emptyTurn, type Turn } from '../common/turn.ts';
import { Emitter, type Event } from '../common/lifecycle.ts';
import type { NativeBlocks } from '../common/model.ts';
import { isOutput, type ResultPart, type StreamPart } from '../common/streamParts.ts';
import type { RunPart, SentRequest } from '../providers/provider.ts';

export interface NumberedPart {
	/** Number of parts before this one; a gap means that a listener missed something. */
	position: number;
	part: StreamPart;
}

export interface RunWork {
	/**
	 * Prepares the request and runs the model. If it throws, that is the run's error. It continues once a part is folded into
	 * the run's turn, so whatever it does between two parts delays the model.
	 */
	source: (signal: AbortSignal, run: Run) => AsyncIterable<RunPart>;
	/**
	 * Stores the outcome of the run, given its complete turn. The part that it returns comes right before `done`; if it
	 * rejects, the run has failed.
	 */
	settle?: ((ended: Turn, run: Run) => Promise<ResultPart | undefined>) | undefined;
	/** Stops the run, like `stop()`. */
	signal?: AbortSignal | undefined;
}

/**
 * One run of a model: a chat answer, a test, an answer in the Lab or a score. It runs whether or not anyone listens, and its
 * parts end with `error`? and one `done`, whatever happens. Its clock starts when the request is sent.
 */
export class Run {
	/** The exact requests so far, one for each round of the tool loop, with keys masked. */
	readonly requests: SentRequest[] = [];
	/** Resolves after `done`, when everything is stored; never rejects. */
	readonly finished: Promise<void>;
	readonly #parts: StreamPart[] = [];
	readonly #stopping = new AbortController();
	readonly #sent = new Emitter<void>();
	readonly #arrived = new Emitter<NumberedPart>();
	readonly #ended = new Emitter<void>();
	#turn = emptyTurn;
	#native: NativeBlocks | null = null;
	#timeToFirstTokenMs: number | null = null;
	#startedAt = performance.now();
	#isSent = false;

	/** Fired when the request leaves its provider's queue. */
	readonly onSent: Event<void> = this.#sent.event;
	readonly onPart: Event<NumberedPart> = this.#arrived.event;
	/** Fired after `done`, before `finished` resolves. */
	readonly onEnd: Event<void> = this.#ended.event;

	/** Starts one microtask later, so that the caller can subscribe before the first part. */
	constructor(work: RunWork) {
		this.finished = this.#run(work);
	}

	/** Everything so far, folded. */
	get turn(): Turn {
		return this.#turn;
	}

	/** Whether `done` has arrived. */
	get hasEnded(): boolean {
		return this.#turn.stopReason !== undefined;
	}

	/** The answer in the provider's own form, if there is one. */
	get native(): NativeBlocks | null {
		return this.#native;
	}

	/** Milliseconds from the request to the first thinking, text or tool call. */
	get timeToFirstTokenMs(): number | null {
		return this.#timeToFirstTokenMs;
	}

	/** Number of parts so far. */
	get position(): number {
		return this.#parts.length;
	}

	/** Milliseconds since the request was sent; before that, since the run began. */
	elapsed(): number {
		return Math.round(performance.now() - this.#startedAt);
	}

	stop(): void {
		this.#stopping.abort();
	}

	/** All parts from the first one; leaving the loop early stops the run. */
	async *parts(): AsyncGenerator<StreamPart> {
		let wake: () => void = () => undefined;
		const subscription = this.onPart(() => wake());
		let ended = false;
		try {
			for (let index = 0; !ended;) {
				const part = this.#parts[index];
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
				this.stop();
			}
		}
	}

	async #run({ source, settle, signal }: RunWork): Promise<void> {
		await Promise.resolve();
		const own = this.#stopping.signal;
		const either = signal ? AbortSignal.any([own, signal]) : own;
		try {
			// The outer `endOnce` catches failures to store, which are errors even of a stopped run.
			for await (const part of endOnce(() =>
				this.#settled(
					endOnce(() => source(either, this), either),
					settle,
				),
			)) {
				this.#take(part);
			}
		} finally {
			this.#ended.fire();
		}
	}

	async *#settled(parts: AsyncIterable<RunPart>, settle: RunWork['settle']): AsyncGenerator<RunPart | ResultPart> {
		for await (const part of parts) {
			if (part.type === 'done') {
				const result = await settle?.(foldPart(this.#turn, part), this);
				if (result) {
					yield result;
				}
			}
			yield part;
		}
	}

	/** Keeps requests and native blocks; gives the time to parts that are shown and folds them. */
	#take(part: RunPart | ResultPart): void {
		if (!this.#isSent && part.type !== 'error' && part.type !== 'result' && part.type !== 'done') {
			this.#isSent = true;
			this.#startedAt = performance.now();
			this.#sent.fire();
		}
		switch (part.type) {
			case 'request':
				this.requests.push(part.request);
				break;
			case 'native':
				this.#native = part.native;
				break;
			case 'thinking':
			case 'text':
			case 'reclassify':
			case 'tool-call':
			case 'tool-result': {
				const at = this.elapsed();
				if (isOutput(part)) {
					this.#timeToFirstTokenMs ??= at;
				}
				this.#push({ ...part, at });
				break;
			}
			case 'answered':
			case 'usage':
			case 'error':
			case 'result':
			case 'done':
				this.#push(part);
		}
	}

	#push(part: StreamPart): void {
		this.#turn = foldPart(this.#turn, part);
		this.#parts.push(part);
		this.#arrived.fire({ position: this.#parts.length - 1, part });
	}
}
