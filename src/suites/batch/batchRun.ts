import * as l10n from '@vscode/l10n';
import { AppError, isAppError, throwIfAborted, toAppError } from '../../common/errors.ts';
import type { BatchApi, BatchOffer } from '../../providers/provider.ts';
import { BatchAnswers } from './batchAnswers.ts';
import type { BatchFiles, BatchPart } from './batchFiles.ts';
import type { BatchRunOptions } from './batchRunOptions.ts';
import { BatchReport } from './batchReport.ts';
import { batchOffers, type Offers } from './canBatch.ts';
import { Handover, type Work } from './handover.ts';
import { prepareParts } from './prepareParts.ts';
import { idPrefixOf, RequestPlaces } from './requestPlaces.ts';
import { isRefusal, Pauses, systemWait, untilAnswered } from './retrying.ts';
import { withPartFile } from './withPartFile.ts';

/** How long a listing may not show a batch that has just been created, in milliseconds. */
const listingDelayMs = 60_000;
/** How long a Stop waits for a submission that has begun, and for the provider to cancel, in milliseconds. */
const stopGraceMs = 5_000;

/**
 * The batches of a run: writes and submits them, waits for them and passes on what they have answered, each trial once.
 * Everything that a later process needs is durable before the provider is called, so no request is submitted twice.
 */
export class BatchRun {
	readonly #options: BatchRunOptions;
	readonly #files: BatchFiles;
	readonly #offers: Offers;
	readonly #places = new RequestPlaces();
	readonly #handover = new Handover();
	readonly #stopping = new AbortController();
	/** Ends submissions, later than the rest: an outcome that is known need not be looked up. */
	readonly #sendingEnd = new AbortController();
	readonly #report: BatchReport;
	readonly #answers: BatchAnswers;
	#parts: BatchPart[] = [];
	#sending: Promise<void> = Promise.resolve();

	constructor(options: BatchRunOptions) {
		this.#options = options;
		this.#files = options.context.files.batches(options.runId);
		this.#offers = batchOffers(options.context.models());
		this.#report = new BatchReport(
			this.#places,
			() => this.#unfinished(),
			(progress) => options.onProgress(progress),
		);
		this.#answers = new BatchAnswers({
			run: options,
			files: this.#files,
			places: this.#places,
			handover: this.#handover,
			onAnswer: () => this.#report.show(),
			signal: this.#stopping.signal,
		});
	}

	/** Whether a slot's answer comes from a batch. */
	has(slot: number): boolean {
		return this.#places.has(slot);
	}

	/** The next trial whose answer is there; undefined once nothing more comes. */
	take(): Promise<Work | undefined> {
		return this.#handover.take();
	}

	/** A trial that was taken has ended. */
	finish(): void {
		this.#handover.finish();
	}

	/** Reads what an earlier process has left and writes the files of new batches. Rejects with `cancelled`. */
	async prepare(): Promise<void> {
		const { earlier, isBatched, budget, runId } = this.#options;
		this.#parts = await this.#files.read();
		if (!isBatched) {
			// What was never sent is asked without a batch.
			for (const part of this.#parts.filter(({ state }) => state === 'ready')) {
				await this.#end(part);
			}
		}
		for (const part of this.#unfinished()) {
			await withPartFile(this.#files, part, (file) => this.#places.scan(file, part.part, runId));
			for (const slot of this.#places.open(part.part)) {
				if (earlier.get(slot)?.isRepeated === false) {
					this.#places.finish(slot);
				}
			}
			// What has its answer is counted as spent already.
			const share = this.#places.open(part.part).length / part.requests;
			budget.holdAgain(part.sendingAt === undefined ? part.requests : 0, part.costUsd * share);
		}
		if (isBatched) {
			await this.#addParts((slot) => !this.has(slot));
		}
		this.#report.show();
	}

	/** Runs the batches to their end. Rejects with what keeps one of them from going on; `stop` ends it without an error. */
	async run(): Promise<void> {
		try {
			do {
				await Promise.all(this.#unfinished().map((part) => this.#runPart(part)));
				// What the user had cancelled earlier is asked again.
				const { returned } = this.#answers;
				if (returned.size > 0) {
					await this.#addParts((slot) => returned.delete(slot));
					returned.clear();
				}
			} while (this.#unfinished().length > 0);
		} catch (thrown) {
			if (!this.#stopping.signal.aborted) {
				// Before the handover closes: another batch must not count as done while its answers are waiting.
				this.#stopping.abort();
				throw thrown;
			}
		} finally {
			this.#handover.close({ drop: this.#stopping.signal.aborted });
		}
	}

	/** Ends waiting. Resolves with what the user should know about batches that are still at their provider. */
	async stop(cancels: boolean): Promise<string | undefined> {
		this.#stopping.abort();
		this.#handover.close({ drop: true });
		const grace = setTimeout(() => this.#sendingEnd.abort(), stopGraceMs);
		await this.#sending.catch(() => undefined);
		clearTimeout(grace);
		const sent = this.#parts.filter(({ state }) => state === 'sent' || state === 'sending');
		if (sent.length === 0) {
			return undefined;
		}
		if (!cancels) {
			return l10n.t('A batch goes on at the provider. Resume the run to get its answers');
		}
		sent.forEach((part) => (part.isCancelled = true));
		await this.#save();
		const outcomes = await Promise.allSettled(sent.map((part) => this.#cancel(part)));
		const failed = outcomes.find((outcome) => outcome.status === 'rejected');
		return failed
			? l10n.t('A batch could not be cancelled and may go on: {0}', toAppError(failed.reason).message)
			: l10n.t('The batch was cancelled. Resume the run to get what it had answered, and to ask for the rest');
	}

	async #cancel({ batchId, model, isUncertain }: BatchPart): Promise<void> {
		if (batchId === undefined) {
			throw new AppError('network', l10n.t('nobody knows whether it has arrived'));
		}
		if (isUncertain) {
			// To cancel it could destroy the work of somebody who has the same key.
			throw new AppError('network', l10n.t('it is not known yet which batch of this key belongs to the run'));
		}
		const api = await this.#offerOf(model).open();
		await api.cancel(batchId, AbortSignal.timeout(stopGraceMs));
	}

	#unfinished(): BatchPart[] {
		return this.#parts.filter(({ state }) => state !== 'done');
	}

	async #addParts(isWanted: (slot: number) => boolean): Promise<void> {
		const first = this.#parts.reduce((highest, { part }) => Math.max(highest, part), 0) + 1;
		const added = await prepareParts(
			{ ...this.#options, files: this.#files, offers: this.#offers, isWanted },
			first,
			this.#stopping.signal,
		);
		if (added.length === 0) {
			return;
		}
		this.#parts.push(...added);
		await this.#save();
		for (const part of added) {
			await withPartFile(this.#files, part, (file) => this.#places.scan(file, part.part, this.#options.runId));
		}
	}

	async #runPart(part: BatchPart): Promise<void> {
		const offer = this.#offerOf(part.model);
		if (offer.origin !== part.origin) {
			const message = l10n.t(
				'The batch of {0} is at {1}, but the settings now name {2}. Set the address back to get its answers',
				part.model,
				part.origin,
				offer.origin,
			);
			throw new AppError('validation', message, { info: { field: 'baseUrl' } });
		}
		const api = await offer.open();
		while (part.state !== 'done') {
			if (part.state === 'ready') {
				await this.#send(part, offer, api);
			} else if (part.state === 'sending') {
				await this.#lookUp(part, offer, api);
			} else {
				await this.#follow(part, offer, api);
			}
		}
	}

	/** Submits one batch after another: uploads at the same time would only slow each other down. */
	async #send(part: BatchPart, offer: BatchOffer, api: BatchApi): Promise<void> {
		const before = this.#sending;
		let end: () => void = () => undefined;
		this.#sending = new Promise((resolve) => (end = resolve));
		try {
			await before;
			throwIfAborted(this.#stopping.signal);
			await this.#ask(() => this.#submit(part, offer, api));
		} finally {
			end();
		}
	}

	async #submit(part: BatchPart, { model }: BatchOffer, api: BatchApi): Promise<void> {
		const { budget, runId, context } = this.#options;
		const isFirst = part.sendingAt === undefined;
		const content = await this.#files.content(part.part);
		await this.#save(part, { state: 'sending', sendingAt: context.now().getTime() });
		if (isFirst) {
			budget.sendHeld(part.requests);
		}
		const tag = { runId, part: part.part };
		const file = { tag, model, content, requests: part.requests, idPrefix: idPrefixOf(runId, part.part) };
		try {
			const batchId = await api.submit(file, this.#sendingEnd.signal);
			await this.#save(part, { state: 'sent', batchId });
		} catch (thrown) {
			const error = toAppError(thrown);
			if (error.code === 'storage') {
				throw error;
			}
			if (isRefusal(error)) {
				await this.#save(part, { state: 'ready' });
				throw error;
			}
			if (error.code !== 'cancelled') {
				// Whether it has arrived is found out before it is sent again.
				this.#report.noteTrouble(error);
			}
		}
	}

	/** Finds out what became of a submission without an answer. */
	async #lookUp(part: BatchPart, { model }: BatchOffer, api: BatchApi): Promise<void> {
		const { runId, context } = this.#options;
		const { sendingAt = 0, requests } = part;
		const file = { tag: { runId, part: part.part }, model, requests, idPrefix: idPrefixOf(runId, part.part) };
		const pauses = this.#pauses();
		const until = context.now().getTime() + listingDelayMs;
		for (;;) {
			const others = new Set([...part.others, ...this.#parts.flatMap(({ batchId }) => batchId ?? [])]);
			const found = await this.#ask(() => api.find(file, sendingAt, others, this.#stopping.signal));
			if (found) {
				await this.#save(part, { state: 'sent', batchId: found.id, isUncertain: !found.isCertain });
				return;
			}
			if (context.now().getTime() >= until) {
				await this.#save(part, { state: 'ready' });
				return;
			}
			await pauses.pause();
		}
	}

	/** Waits for a batch and takes what came of it. */
	async #follow(part: BatchPart, offer: BatchOffer, api: BatchApi): Promise<void> {
		const { batchId = '' } = part;
		const pauses = this.#pauses();
		let failure: AppError | undefined;
		try {
			for (;;) {
				const status = await this.#ask(() => api.status(batchId, this.#stopping.signal));
				if (status.failure !== undefined) {
					failure = new AppError('bad-response', status.failure, { info: { retryable: true } });
				}
				if (status.hasEnded) {
					break;
				}
				this.#report.count(part, status.done);
				await pauses.pause();
			}
			this.#report.count(part, undefined);
			const isOurs =
				failure !== undefined || (await this.#ask(() => this.#answers.collect(part, offer.model, api)));
			if (!isOurs) {
				const others = [...part.others, batchId];
				await this.#save(part, { state: 'sending', others, isUncertain: false });
				delete part.batchId;
				return;
			}
		} catch (thrown) {
			if (!isAppError(thrown, 'not-found')) {
				throw thrown;
			}
			const message = l10n.t('The provider does not have the batch any more. Resume the run to ask again');
			failure = new AppError('not-found', message, { info: { retryable: true } });
		}
		await this.#answers.endMissing(part, failure, () => this.#ask(() => api.describer(this.#stopping.signal)));
		await this.#handover.drained();
		throwIfAborted(this.#stopping.signal);
		await this.#options.settled();
		await this.#end(part);
	}

	async #end(part: BatchPart): Promise<void> {
		await this.#save(part, { state: 'done' });
		await this.#files.remove(part.part);
		this.#report.show();
	}

	async #save(part?: BatchPart, changes: Partial<BatchPart> = {}): Promise<void> {
		if (part) {
			Object.assign(part, changes);
		}
		await this.#files.write(this.#parts);
		this.#report.show();
	}

	#offerOf(model: string): BatchOffer {
		const offer = this.#offers(model);
		if (!offer) {
			throw new AppError(
				'not-found',
				l10n.t('The provider of {0}, which has a batch of this run, is not in the settings any more', model),
			);
		}
		return offer;
	}

	#pauses(): Pauses {
		return new Pauses(this.#options.context.wait ?? systemWait, this.#stopping.signal);
	}

	#ask<T>(work: () => Promise<T>): Promise<T> {
		return untilAnswered(work, this.#pauses(), (error) => this.#report.noteTrouble(error));
	}
}
