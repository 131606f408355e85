import * as l10n from '@vscode/l10n';
import { AppError, throwIfAborted } from '../../common/errors.ts';
import type { BatchApi, BatchEntry } from '../../providers/provider.ts';
import type { BatchFiles, BatchPart } from './batchFiles.ts';
import type { BatchRunOptions } from './batchRunOptions.ts';
import type { Handover } from './handover.ts';
import { missingTurn } from './missingTurn.ts';
import { idPrefixOf, type RequestPlaces } from './requestPlaces.ts';
import { withPartFile } from './withPartFile.ts';

/** Makes of the line of a request what was sent. */
type Describe = Awaited<ReturnType<BatchApi['describer']>>;

export interface BatchAnswersOptions {
	run: Pick<BatchRunOptions, 'budget' | 'order' | 'isBatched' | 'runId'>;
	files: Pick<BatchFiles, 'open'>;
	places: RequestPlaces;
	handover: Handover;
	/** Called when a request has its answer. */
	onAnswer: () => void;
	signal: AbortSignal;
}

/** Passes on what batches have answered, each trial once. */
export class BatchAnswers {
	readonly #options: BatchAnswersOptions;
	/** Requests that cancelled batches have given back, for another batch. */
	readonly returned = new Set<number>();

	constructor(options: BatchAnswersOptions) {
		this.#options = options;
	}

	/** Passes on the results; a second attempt leaves out what the first has passed on. False if the batch is not ours. */
	async collect(part: BatchPart, model: string, api: BatchApi): Promise<boolean> {
		const { run, files, places, signal } = this.#options;
		const prefix = idPrefixOf(run.runId, part.part);
		const describe = await api.describer(signal);
		return withPartFile(files, part, async (file) => {
			for await (const entry of api.results(part.batchId ?? '', model, signal)) {
				if (!entry.id.startsWith(prefix)) {
					if (part.isUncertain) {
						return false;
					}
					continue;
				}
				part.isUncertain = false;
				const slot = Number(entry.id.slice(prefix.length));
				if (places.isOpen(slot, part.part)) {
					const line = await places.line(file, slot);
					await this.#deliver(part, slot, entry, describe(line));
				}
			}
			return true;
		});
	}

	/** Ends the requests without a result. `describer` is called if there are any. */
	async endMissing(
		part: BatchPart,
		failure: AppError | undefined,
		describer: () => Promise<Describe>,
	): Promise<void> {
		const { files, places, signal } = this.#options;
		const open = places.open(part.part);
		if (open.length === 0) {
			return;
		}
		const message = l10n.t('The batch has no result for this request. Resume the run to ask again');
		const error = failure ?? new AppError('bad-response', message, { info: { retryable: true } });
		const describe = await describer();
		await withPartFile(files, part, async (file) => {
			for (const slot of open) {
				throwIfAborted(signal);
				const outcome = part.isCancelled ? ('cancelled' as const) : ('errored' as const);
				const request = describe(await places.line(file, slot));
				await this.#deliver(part, slot, { outcome, turn: missingTurn(error) }, request);
			}
		});
	}

	async #deliver(
		part: BatchPart,
		slot: number,
		{ outcome, turn }: Pick<BatchEntry, 'outcome' | 'turn'>,
		request: ReturnType<Describe>,
	): Promise<void> {
		const { run, places, handover, onAnswer } = this.#options;
		if (outcome === 'cancelled' && part.isCancelled) {
			await this.#giveBack(part, slot);
			return;
		}
		run.budget.release(part.costUsd / part.requests);
		places.finish(slot);
		await handover.offer({ slot: run.order.slot(slot), given: { turn, request } });
		onAnswer();
	}

	/** Requests that the user had cancelled are asked again: in a new batch, or one by one. */
	async #giveBack(part: BatchPart, slot: number): Promise<void> {
		const { run, places, handover } = this.#options;
		run.budget.release(part.costUsd / part.requests);
		if (run.isBatched) {
			places.remove(slot);
			this.returned.add(slot);
		} else {
			places.finish(slot);
			await handover.offer({ slot: run.order.slot(slot) });
		}
	}
}
