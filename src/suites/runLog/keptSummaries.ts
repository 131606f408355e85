import { crc32 } from 'node:zlib';
import type { DiskFiles, OpenFile } from '../../disk/files.ts';
import { placeFile } from '../../disk/placeFile.ts';
import type { TrialSummary } from '../suiteContext.ts';
import { pinsFile } from './logFormat.ts';
import type { ReadSummaries } from './logReader.ts';
import { type CopiedLog, decodeColumns, encodeColumns } from './summaryColumns.ts';

/** A copy of the summaries that is read faster than `summaries.log`, in the folder of a run. */
const columnsFile = 'summaries.columns';
/** What the log ends with is compared: ids, times and hashes of requests, which no other log has. */
const checkedBytes = 64 * 1024;
/** A copy is written again when this share of the trials is not in it. */
const largestTail = 1 / 8;
/** Milliseconds since the last change after which a temporary file is nobody's. */
const leftoverAge = 60_000;

interface Summaries {
	trials: TrialSummary[];
	read: ReadSummaries;
}

/**
 * Copies of the summaries of large runs. The log alone counts: a copy is taken for the part of the log that it was made of,
 * and only if that part ends with the same bytes; what was appended later is read from the log. So a run that goes on, or gets
 * the verdict of a person, needs no new copy. A copy that cannot be written or read costs time only.
 */
export class KeptSummaries {
	readonly #files: DiskFiles;
	/** Runs of at least so many trials have a copy. */
	readonly #from: number;
	readonly #onFailed: (error: unknown) => void;
	/** By folder. */
	readonly #writing = new Map<string, Promise<void>>();
	/** Folders in which a copy could not be written: it is not tried at each reading. */
	readonly #failed = new Set<string>();

	constructor(files: DiskFiles, from: number, onFailed: (error: unknown) => void) {
		this.#files = files;
		this.#from = from;
		this.#onFailed = onFailed;
	}

	get isUsed(): boolean {
		return this.#from < Infinity;
	}

	/** Whether a run of so many trials has a copy. */
	isKept(trials: number): boolean {
		return trials >= this.#from;
	}

	/** The summaries that are in the copy; undefined if there is none that fits the log. */
	async read(folder: string, log: OpenFile): Promise<Summaries | undefined> {
		try {
			const bytes = await this.#files.read(`${folder}/${columnsFile}`);
			const copy = bytes && decodeColumns(bytes);
			return copy && (await checkOf(log, copy.log.read.end)) === copy.log.check
				? { trials: copy.trials, read: copy.log.read }
				: undefined;
		} catch (error) {
			this.#onFailed(error);
			return undefined;
		}
	}

	/** Starts to write a copy, if the one that has `known` trials is too old. `log` is not used after it resolves. */
	async keep(folder: string, log: OpenFile, { trials, read }: Summaries, known: number): Promise<void> {
		const isOld = trials.length - known > trials.length * largestTail;
		if (!this.isKept(trials.length) || !isOld || this.#writing.has(folder) || this.#failed.has(folder)) {
			return;
		}
		const check = await checkOf(log, read.end);
		if (check === undefined) {
			return;
		}
		// The caller may sort its list.
		const writing = this.#write(folder, [...trials], { read, check }).catch((error: unknown) => {
			this.#failed.add(folder);
			this.#onFailed(error);
		});
		this.#writing.set(
			folder,
			writing.then(() => void this.#writing.delete(folder)),
		);
	}

	/** Resolves when nothing is being written in the folder of a run. */
	async settled(folder: string): Promise<void> {
		await this.#writing.get(folder);
	}

	async #write(folder: string, trials: readonly TrialSummary[], log: CopiedLog): Promise<void> {
		const pieces = await encodeColumns(trials, log);
		if (!pieces) {
			return;
		}
		await this.#removeLeftovers(folder);
		await placeFile(this.#files, folder, columnsFile, pieces, {
			before: async () => {
				if (!(await this.#files.stat(`${folder}/${pinsFile}`))) {
					throw new Error('The run was removed meanwhile');
				}
			},
		});
	}

	/** Removes what killed processes have left, and not what another window is writing. */
	async #removeLeftovers(folder: string): Promise<void> {
		for (const name of await this.#files.list(folder)) {
			const path = `${folder}/${name}`;
			const found = name.startsWith(`${columnsFile}.`) ? await this.#files.stat(path) : undefined;
			if (found && found.modified < Date.now() - leftoverAge) {
				await this.#files.remove(path);
			}
		}
	}
}

/** The checksum of what ends at `end`; undefined if the log is shorter. */
async function checkOf(log: OpenFile, end: number): Promise<number | undefined> {
	const length = Math.min(end, checkedBytes);
	const bytes = await log.read(end - length, length);
	return bytes.length === length ? crc32(bytes) : undefined;
}
