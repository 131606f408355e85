import * as l10n from '@vscode/l10n';
import { AppError, isAppError } from '../common/errors.ts';
import { Emitter } from '../common/lifecycle.ts';
import { Run, type RunWork } from '../runs/run.ts';
import { notKept } from './notKept.ts';

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

/** A chat answer or a test that is streaming now, or has ended and is not stored. */
export type LiveRun = Run & LiveRunSubject;

/** The runs of this window: those that stream, and those whose end could not be stored yet. */
export class LiveRuns {
	readonly #active = new Set<LiveRun>();
	/** What stores the end of each run that has ended and is not stored. */
	readonly #unstored = new Map<LiveRun, () => Promise<unknown>>();
	/** Drafts whose next answer is being prepared. */
	readonly #reserved = new Set<number>();
	readonly #started = new Emitter<LiveRun>();
	readonly #ended = new Emitter<LiveRun>();

	readonly onDidStart = this.#started.event;
	/** After `done`, and again when an end that could not be stored at first is. */
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
			throw new AppError('validation', l10n.t('The assistant is still answering. Wait, or stop it first'));
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

	/** Starts at once. A run whose end cannot be stored stays here with what it has answered, for `storeAgain`. */
	start(subject: LiveRunSubject, { settle, ...work }: RunWork): LiveRun {
		const run: LiveRun = Object.assign(
			new Run({ ...work, settle: settle && ((turn) => this.#settle(run, () => settle(turn, run))) }),
			subject,
		);
		run.onEnd(() => {
			if (!this.#unstored.has(run)) {
				this.#active.delete(run);
			}
			this.#ended.fire(run);
		});
		this.#active.add(run);
		this.#started.fire(run);
		return run;
	}

	async #settle<T>(run: LiveRun, settle: () => Promise<T>): Promise<T> {
		try {
			return await settle();
		} catch (thrown) {
			if (!isAppError(thrown, 'storage')) {
				throw thrown;
			}
			this.#unstored.set(run, settle);
			const { code, message, retryable } = notKept(
				l10n.t('This answer is only in this window. It will be stored as soon as possible'),
				thrown,
			);
			throw new AppError(code, message, { cause: thrown, info: { retryable } });
		}
	}

	/** Stores the ends that could not be stored. Rejects where that is still not possible. */
	async storeAgain(): Promise<void> {
		for (const [run, settle] of this.#unstored) {
			await settle().catch((thrown: unknown) => {
				// Where the draft is gone, there is nothing to store any more.
				if (isAppError(thrown, 'storage')) {
					throw thrown;
				}
			});
			this.#unstored.delete(run);
			this.#active.delete(run);
			this.#ended.fire(run);
		}
	}
}
