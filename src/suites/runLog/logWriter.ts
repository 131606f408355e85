import * as l10n from '@vscode/l10n';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../common/errors.ts';
import type { StoredTrial } from '../../common/suiteModel.ts';
import { type DiskFiles, type OpenFile, writeAll } from '../../disk/files.ts';
import type { RunLog } from '../suiteContext.ts';
import { compressTrial, encodeTrial, isLarge } from './answers.ts';
import { ByteCollector } from './byteCollector.ts';
import { answersFile, encodeSummary, summariesFile, summaryJson } from './logFormat.ts';
import { storageFailure } from './storageFailure.ts';
import { trialSummary } from './trialSummary.ts';

/** Where the next trial goes: its number, and the ends of the two files in bytes. */
export interface LogEnd {
	next: number;
	summaries: number;
	answers: number;
}

interface Pending {
	/** JSON of the complete trial. */
	trial: string;
	/** Of its line in the summaries. */
	summary: string;
	resolve: () => void;
	reject: (error: AppError) => void;
}

/**
 * Appends trials to a run. One write is under way at a time and takes everything that waits; the next one begins `groupMs`
 * after it began, or at once if that is over.
 */
export class RunLogWriter implements RunLog {
	readonly #files: DiskFiles;
	readonly #folder: string;
	readonly #groupMs: number;
	readonly #onClosed: (trials: number) => void;
	readonly #closing = new AbortController();
	#end: LogEnd;
	/** Undefined until the first write, and after one has failed. */
	#open: { summaries: OpenFile; answers: OpenFile } | undefined;
	#pending: Pending[] = [];
	readonly #answers = new ByteCollector();
	readonly #summaries = new ByteCollector();
	#working: Promise<void> | undefined;
	#began = -Infinity;

	/** `onClosed` is called with the number of trials in the log once it is closed. */
	constructor(options: {
		files: DiskFiles;
		folder: string;
		groupMs: number;
		end: LogEnd;
		onClosed: (trials: number) => void;
	}) {
		this.#files = options.files;
		this.#folder = options.folder;
		this.#groupMs = options.groupMs;
		this.#onClosed = options.onClosed;
		this.#end = options.end;
	}

	async append(trial: StoredTrial): Promise<void> {
		if (this.#closing.signal.aborted) {
			throw new AppError('storage', l10n.t('The trial was not stored, because its run has been closed'));
		}
		await new Promise<void>((resolve, reject) => {
			const summary = summaryJson(trialSummary(trial));
			this.#pending.push({ trial: JSON.stringify(trial), summary, resolve, reject });
			this.#working ??= this.#work();
		});
	}

	async close(): Promise<void> {
		this.#closing.abort();
		await this.#working;
		await this.#closeFiles();
		this.#onClosed(this.#end.next);
	}

	async #work(): Promise<void> {
		while (this.#pending.length > 0) {
			const wait = this.#began + this.#groupMs - performance.now();
			if (wait > 0) {
				// Closing ends the wait.
				await sleep(wait, undefined, { signal: this.#closing.signal }).catch(() => undefined);
			}
			this.#began = performance.now();
			const batch = this.#pending;
			this.#pending = [];
			try {
				await this.#write(batch);
			} catch (error) {
				await this.#cutOff();
				const failure = storageFailure(l10n.t('The trial was not stored.'), error);
				batch.forEach(({ reject }) => reject(failure));
				continue;
			}
			batch.forEach(({ resolve }) => resolve());
		}
		this.#working = undefined;
	}

	/** Answers first: a summary on the disk has its answer. */
	async #write(batch: readonly Pending[]): Promise<void> {
		const { next: first, ...ends } = this.#end;
		// The large ones are compressed in other threads; of the small ones one is in memory at a time.
		const large = await Promise.all(
			batch.filter(({ trial }) => isLarge(trial)).map(({ trial }) => compressTrial(trial)),
		);
		let taken = 0;
		let number = first;
		for (const { trial, summary } of batch) {
			const bytes = (isLarge(trial) && large[taken++]) || encodeTrial(trial);
			const place = { number: number++, first, offset: ends.answers, length: bytes.length };
			ends.answers += bytes.length;
			this.#answers.add(bytes);
			this.#summaries.add(encodeSummary(place, summary));
		}
		const [answers, lines] = [this.#answers.take(), this.#summaries.take()];
		const open = await this.#openFiles();
		await writeAll(open.answers, answers, this.#end.answers);
		await open.answers.sync();
		await writeAll(open.summaries, lines, ends.summaries);
		await open.summaries.sync();
		this.#end = { next: first + batch.length, answers: ends.answers, summaries: ends.summaries + lines.length };
	}

	/** Opens the files and cuts off what was not acknowledged. */
	async #openFiles(): Promise<{ summaries: OpenFile; answers: OpenFile }> {
		if (this.#open) {
			return this.#open;
		}
		const path = (name: string) => `${this.#folder}/${name}`;
		const found = await this.#files.stat(path(summariesFile));
		if (!found || found.size < this.#end.summaries) {
			throw new AppError('storage', l10n.t('Another program has removed trials of this run'));
		}
		const answers = await this.#files.open(path(answersFile), 'update');
		try {
			await answers.truncate(this.#end.answers);
			const summaries = await this.#files.open(path(summariesFile), 'update');
			this.#open = { answers, summaries };
			await summaries.truncate(this.#end.summaries);
		} catch (error) {
			if (!this.#open) {
				await answers.close().catch(() => undefined);
			}
			throw error;
		}
		return this.#open;
	}

	/** After a failed write or sync the open files are not trusted any more. */
	async #cutOff(): Promise<void> {
		await this.#closeFiles();
		// If that fails, the next write tries again.
		await this.#openFiles().catch(() => this.#closeFiles());
	}

	/** What was acknowledged is on the disk, whatever closing reports. */
	async #closeFiles(): Promise<void> {
		const open = this.#open;
		this.#open = undefined;
		await Promise.all([open?.answers.close(), open?.summaries.close()]).catch(() => undefined);
	}
}
