import * as l10n from '@vscode/l10n';
import { AppError, isAppError } from '../common/errors.ts';
import { Emitter } from '../common/lifecycle.ts';
import { Run, type RunWork } from '../runs/run.ts';
import { notStored } from './notStored.ts';

export type LiveRunKind = 'chat' | 'test';

/** What a run is about. `key` is the id of the assistant message (chat) or of the test result (test). */
export interface LiveRunSubject {
	kind: LiveRunKind;
	draftId: number;
	key: string;
	/** `provider/model`. */
	model: string;
	/** False for the built-in guide. */
	isModel: boolean;
	/** The question of a test. */
	query?: string;
	topic?: string;
}

/** A chat answer or a test that is streaming, or has ended but is not stored yet. */
export type LiveRun = Run & LiveRunSubject;

/** The runs of this window that are streaming, and those whose end could not be stored yet. */
export class LiveRuns {
	readonly #active = new Set<LiveRun>();
	/** Stores the end of each run that has ended but is not stored. */
	readonly #unstored = new Map<LiveRun, () => Promise<unknown>>();
	/** The claims of ended answers that are being given back, by draft: the draft's next answer waits for it. */
	readonly claimsGivenBack = new Map<number, Promise<void>>();
	/** Drafts whose next answer is being prepared. */
	readonly #reserved = new Set<number>();
	readonly #started = new Emitter<LiveRun>();
	readonly #ended = new Emitter<LiveRun>();

	readonly onDidStart = this.#started.event;
	/** Fires after `done`, and again when an end that could not be stored at first is stored. */
	readonly onDidEnd = this.#ended.event;

	get active(): readonly LiveRun[] {
		return [...this.#active];
	}

	of(draftId: number, kind?: LiveRunKind): LiveRun[] {
		return this.active.filter((run) => run.draftId === draftId && (kind === undefined || run.kind === kind));
	}

	/**
	 * Reserves a chat's next answer until it runs: of two messages sent at once, the second is refused before any of it
	 * is stored. Returns a function that ends the reservation.
	 */
	reserveAnswer(draftId: number): () => void {
		if (this.#reserved.has(draftId) || this.of(draftId, 'chat').length > 0) {
			throw new AppError('validation', l10n.t('The assistant is still answering. Wait, or stop it first'));
		}
		this.#reserved.add(draftId);
		return () => this.#reserved.delete(draftId);
	}

	/** Stops the runs of a draft, or all runs. */
	stop(draftId?: number): void {
		for (const run of this.#active) {
			if (draftId === undefined || run.draftId === draftId) {
				run.stop();
			}
		}
	}

	/** Starts at once. A run whose end cannot be stored stays here with its answer, for `storeUnstored`. */
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
			const { code, message, retryable } = notStored(
				l10n.t('This answer is only in this window. It will be stored as soon as possible'),
				thrown,
			);
			throw new AppError(code, message, { cause: thrown, info: { retryable } });
		}
	}

	/** Stores the ends that could not be stored. Rejects if that is still not possible. */
	async storeUnstored(): Promise<void> {
		for (const [run, settle] of this.#unstored) {
			await settle().catch((thrown: unknown) => {
				// If the draft is gone, there is nothing left to store.
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
