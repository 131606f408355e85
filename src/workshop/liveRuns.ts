import { AppError } from '../common/errors.ts';
import { Emitter } from '../common/lifecycle.ts';
import { Run, type RunWork } from '../runs/run.ts';

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

/** A chat answer or a test that is streaming now. */
export type LiveRun = Run & LiveRunSubject;

/** The runs of this window. */
export class LiveRuns {
	readonly #active = new Set<LiveRun>();
	/** Drafts whose next answer is being prepared. */
	readonly #reserved = new Set<number>();
	readonly #started = new Emitter<LiveRun>();
	readonly #ended = new Emitter<LiveRun>();

	readonly onDidStart = this.#started.event;
	readonly onDidEnd = this.#ended.event;

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

	/** Starts at once. */
	start(subject: LiveRunSubject, work: RunWork): LiveRun {
		const run: LiveRun = Object.assign(new Run(work), subject);
		run.onEnd(() => {
			this.#active.delete(run);
			this.#ended.fire(run);
		});
		this.#active.add(run);
		this.#started.fire(run);
		return run;
	}
}
