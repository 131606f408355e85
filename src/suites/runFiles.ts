import * as l10n from '@vscode/l10n';
import { StringDecoder } from 'node:string_decoder';
import { AppError } from '../common/errors.ts';
import { jsonPieces } from '../common/jsonPieces.ts';
import type { StoredTrial } from '../common/suiteModel.ts';
import type { DiskFiles, OpenFile } from '../disk/files.ts';
import { placeFile } from '../disk/placeFile.ts';
import { type BatchFiles, openBatchFiles } from './batch/batchFiles.ts';
import { openRatingFiles, type RatingFiles } from './blind/ratingFiles.ts';
import { NumberColumn } from './columns/numberColumn.ts';
import { latestPositions } from './latestPositions.ts';
import { type AnswerPlace, readTrial, readTrials } from './runLog/answers.ts';
import {
	type SummaryRecord,
	answersFile,
	encodeHeader,
	pinsFile,
	runFormat,
	summariesFile,
} from './runLog/logFormat.ts';
import { KeptSummaries } from './runLog/keptSummaries.ts';
import { type ReadSummaries, findSummary, readSummaries } from './runLog/logReader.ts';
import { RunLogWriter } from './runLog/logWriter.ts';
import { sharedParts } from './runLog/sharedParts.ts';
import { newerRun, storageFailure } from './runLog/storageFailure.ts';
import { writeAgain } from './runLog/writeAgain.ts';
import type { RunFiles, RunLog, RunPins, TrialSummary } from './suiteContext.ts';
import { slotNumber } from './trialOrder.ts';

/** Half of the time within which a trial is durable; the other half is for the disk. */
const defaultGroupMs = 250;
/** How much of the pins is read or written at once. */
const pinsPiece = 64 * 1024;
const runIdForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface RunFilesOptions {
	/** Trials are written together at most every so many milliseconds. */
	groupMs?: number;
	/** Called when so many trials of a run cannot be read and are left out. */
	onDamage?: (damage: { runId: string; lost: number }) => void;
	/** Of runs of at least so many trials, a copy of the summaries is kept that is read faster; of none without it. */
	copyFrom?: number;
	/** Called when such a copy could not be read or written, which costs time only. */
	onCopyFailed?: (error: unknown) => void;
}

/** The trials of the runs in `<folder>/runs`, where `folder` is that of the store or of the command line. */
export function openRunFiles(folder: string, files: DiskFiles, options: RunFilesOptions = {}): StoredRunFiles {
	return new StoredRunFiles(`${folder}/runs`, files, options);
}

/** Places of answers, in the order of their file. */
interface Places {
	offsets: Float64Array;
	lengths: Float64Array;
}

export class StoredRunFiles implements RunFiles {
	readonly #runs: string;
	readonly #files: DiskFiles;
	readonly #groupMs: number;
	readonly #onDamage: NonNullable<RunFilesOptions['onDamage']>;
	readonly #kept: KeptSummaries;

	constructor(
		runs: string,
		files: DiskFiles,
		{ groupMs = defaultGroupMs, onDamage, copyFrom = Infinity, onCopyFailed = () => undefined }: RunFilesOptions,
	) {
		this.#runs = runs;
		this.#files = files;
		this.#groupMs = groupMs;
		this.#kept = new KeptSummaries(files, copyFrom, onCopyFailed);
		this.#onDamage = onDamage ?? (() => undefined);
	}

	async create(pins: RunPins): Promise<RunLog> {
		const folder = this.#folderOf(pins.runId);
		const header = encodeHeader(pins.runId);
		try {
			if (await this.#files.stat(`${folder}/${pinsFile}`)) {
				throw new AppError('storage', l10n.t('A run with this id is stored already'));
			}
			await this.#files.createFolder(folder);
			await placeFile(this.#files, folder, answersFile, new Uint8Array());
			await placeFile(this.#files, folder, summariesFile, header);
			// Last, because with them the run is there.
			await placeFile(this.#files, folder, pinsFile, pinsBytes(pins), { way: 'link' });
		} catch (error) {
			throw storageFailure(l10n.t('The run was not started.'), error);
		}
		return this.#writer(pins.runId, { next: 0, summaries: header.length, answers: 0 });
	}

	async open(runId: string): Promise<{ pins: RunPins; trials: TrialSummary[]; log: RunLog }> {
		const folder = this.#folderOf(runId);
		const pins = await this.pins(runId);
		const { trials, read } = await this.#logged(runId);
		try {
			const { batch } = read;
			await writeAgain(this.#files, `${folder}/${answersFile}`, batch.answers, read.answersEnd);
			await writeAgain(this.#files, `${folder}/${summariesFile}`, batch.start, read.end);
		} catch (error) {
			throw storageFailure(l10n.t('The run cannot be resumed.'), error);
		}
		const log = this.#writer(runId, { next: read.next, summaries: read.end, answers: read.answersEnd });
		return { pins, trials, log };
	}

	async pins(runId: string): Promise<RunPins> {
		const path = `${this.#folderOf(runId)}/${pinsFile}`;
		const bytes = await this.#files.read(path).catch((error: unknown) => {
			throw storageFailure(cannotRead(), error);
		});
		if (!bytes) {
			throw notStored();
		}
		return readPins(bytes);
	}

	async trials(runId: string): Promise<TrialSummary[]> {
		await this.#requirePins(runId);
		return this.#summaries(runId);
	}

	async trial(runId: string, trialId: string): Promise<StoredTrial> {
		await this.#requirePins(runId);
		const record = await this.#reading(runId, summariesFile, (file) => findSummary(file, trialId));
		if (!record) {
			throw new AppError('not-found', l10n.t('This trial is not stored'));
		}
		const trial = await this.#reading(runId, answersFile, (file) => readTrial(file, record));
		if (!trial) {
			throw new AppError('storage', l10n.t('The answer of this trial is damaged'));
		}
		return trial;
	}

	batches(runId: string): BatchFiles {
		return openBatchFiles(this.#folderOf(runId), this.#files);
	}

	ratings(runId: string): RatingFiles {
		return openRatingFiles(this.#folderOf(runId), this.#files);
	}

	/** All complete trials of a run, one at a time; damaged ones are left out and reported at the end. */
	async *stored(runId: string): AsyncGenerator<StoredTrial> {
		await this.pins(runId);
		const places: AnswerPlace[] = [];
		const { lost } = await this.#reading(runId, summariesFile, (file) =>
			readSummaries(file, ({ offset, length }) => places.push({ offset, length })),
		);
		yield* this.#readPlaces(runId, places, lost);
	}

	async *#readPlaces(runId: string, places: Iterable<AnswerPlace>, missing: number): AsyncGenerator<StoredTrial> {
		let lost = missing;
		const answers = await this.#files.open(`${this.#folderOf(runId)}/${answersFile}`, 'read').catch((error) => {
			throw storageFailure(cannotRead(), error);
		});
		try {
			for await (const trial of readTrials(answers, places)) {
				if (trial) {
					yield trial;
				} else {
					lost++;
				}
			}
		} finally {
			await answers.close();
		}
		this.#report(runId, lost);
	}

	/**
	 * Reads a run as it stands. `visit` gets every trial without its answer, in the order in which they ended; of several with
	 * the same id the last one counts. What it resolves to reads the complete trials, each once: memory holds where they are.
	 */
	async latest(runId: string, visit: (summary: TrialSummary) => void): Promise<() => AsyncGenerator<StoredTrial>> {
		await this.#requirePins(runId);
		const read = await this.#places(runId, visit);
		// `visit` is not in the scope of this function, so what it counts in is not kept.
		return this.#placesReader(runId, read);
	}

	/** Where the trials are that count. Columns of numbers, since there may be 100,000. */
	async #places(runId: string, visit: (summary: TrialSummary) => void): Promise<{ places: Places; lost: number }> {
		const slots = new NumberColumn();
		const offsets = new NumberColumn();
		const lengths = new NumberColumn();
		const { lost } = await this.#reading(runId, summariesFile, (file) =>
			readSummaries(file, ({ offset, length, summary }) => {
				slots.push(slotNumber(summary.trialId));
				offsets.push(offset);
				lengths.push(length);
				visit(summary);
			}),
		);
		const latest = latestPositions(slots);
		const columnOf = (values: NumberColumn) =>
			new Float64Array(latest.length).map((_, at) => values.at(latest[at] ?? 0) ?? 0);
		return { places: { offsets: columnOf(offsets), lengths: columnOf(lengths) }, lost };
	}

	#placesReader(
		runId: string,
		{ places, lost }: { places: Places; lost: number },
	): () => AsyncGenerator<StoredTrial> {
		return () => this.#readPlaces(runId, eachPlace(places), lost);
	}

	/** The pins of a run as the JSON that they were stored as, in pieces. Rejects like `pins`. */
	async *pinsText(runId: string): AsyncGenerator<string> {
		await this.#requirePins(runId);
		const file = await this.#files.open(`${this.#folderOf(runId)}/${pinsFile}`, 'read').catch((error) => {
			throw storageFailure(cannotRead(), error);
		});
		const decoder = new StringDecoder('utf8');
		try {
			for (let position = 0; ;) {
				const piece = await file.read(position, pinsPiece);
				yield decoder.write(piece);
				position += piece.length;
				if (piece.length < pinsPiece) {
					return;
				}
			}
		} finally {
			await file.close();
		}
	}

	async list(): Promise<string[]> {
		try {
			const names = (await this.#files.list(this.#runs)).filter((name) => runIdForm.test(name)).sort();
			const found = await Promise.all(names.map((name) => this.#files.stat(`${this.#runs}/${name}/${pinsFile}`)));
			return names.filter((_name, index) => found[index] !== undefined);
		} catch (error) {
			throw storageFailure(l10n.t('The stored runs cannot be listed.'), error);
		}
	}

	async remove(runId: string): Promise<void> {
		const folder = this.#folderOf(runId);
		await this.#kept.settled(folder);
		try {
			const names = await this.#files.list(folder);
			// The pins last: until then, the run is there to be removed.
			for (const name of [...names.filter((one) => one !== pinsFile), pinsFile]) {
				await this.#files.remove(`${folder}/${name}`);
			}
			await this.#files.removeFolder(folder);
		} catch (error) {
			throw storageFailure(l10n.t('The run was not removed.'), error);
		}
	}

	async #requirePins(runId: string): Promise<void> {
		if (!(await this.#files.stat(`${this.#folderOf(runId)}/${pinsFile}`))) {
			throw notStored();
		}
	}

	/** An id becomes part of a path. */
	#folderOf(runId: string): string {
		if (!runIdForm.test(runId)) {
			throw new AppError('validation', l10n.t("'{0}' is not the id of a run", runId.slice(0, 80)), {
				info: { field: 'runId' },
			});
		}
		return `${this.#runs}/${runId}`;
	}

	#writer(runId: string, end: { next: number; summaries: number; answers: number }): RunLog {
		return new RunLogWriter({
			files: this.#files,
			folder: this.#folderOf(runId),
			groupMs: this.#groupMs,
			end,
			onClosed: (trials) => {
				if (this.#kept.isKept(trials)) {
					// Makes the copy; whoever reads the trials next is told what is wrong with them.
					this.#summaries(runId).catch(() => undefined);
				}
			},
		});
	}

	async #reading<T>(runId: string, name: string, work: (file: OpenFile) => Promise<T>): Promise<T> {
		try {
			const file = await this.#files.open(`${this.#folderOf(runId)}/${name}`, 'read');
			try {
				return await work(file);
			} finally {
				await file.close();
			}
		} catch (error) {
			throw storageFailure(cannotRead(), error);
		}
	}

	/** All summaries; those in the copy, if there is one, and what was appended since. */
	async #summaries(runId: string): Promise<TrialSummary[]> {
		const folder = this.#folderOf(runId);
		const { trials, lost } = await this.#reading(runId, summariesFile, async (file) => {
			const copy = this.#kept.isUsed ? await this.#kept.read(folder, file) : undefined;
			const found = copy?.trials ?? [];
			const known = found.length;
			const share = sharedParts();
			const visit = ({ summary }: SummaryRecord) => found.push(share(summary));
			const read = await readSummaries(file, visit, copy?.read);
			await this.#kept.keep(folder, file, { trials: found, read }, known);
			return { trials: found, lost: read.lost };
		});
		this.#report(runId, lost);
		return trials;
	}

	/** All summaries from the log itself, which is about to be written. */
	async #logged(runId: string): Promise<{ trials: TrialSummary[]; read: ReadSummaries }> {
		const trials: TrialSummary[] = [];
		const share = sharedParts();
		const visit = ({ summary }: SummaryRecord) => trials.push(share(summary));
		const read = await this.#reading(runId, summariesFile, (file) => readSummaries(file, visit));
		this.#report(runId, read.lost);
		return { trials, read };
	}

	#report(runId: string, lost: number): void {
		if (lost > 0) {
			this.#onDamage({ runId, lost });
		}
	}
}

function* pinsBytes(pins: RunPins): Generator<Uint8Array> {
	let waiting = '';
	for (const piece of jsonPieces(pins)) {
		waiting += piece;
		if (waiting.length >= pinsPiece) {
			yield Buffer.from(waiting);
			waiting = '';
		}
	}
	yield Buffer.from(`${waiting}\n`);
}

function* eachPlace({ offsets, lengths }: Places): Generator<AnswerPlace> {
	for (const [at, offset] of offsets.entries()) {
		yield { offset, length: lengths[at] ?? 0 };
	}
}

function notStored(): AppError {
	return new AppError('not-found', l10n.t('The trials of this run are not stored'));
}

function cannotRead(): string {
	return l10n.t('The trials of this run cannot be read.');
}

function readPins(bytes: Uint8Array): RunPins {
	let value: unknown;
	try {
		value = JSON.parse(Buffer.from(bytes).toString());
	} catch (error) {
		throw new AppError('storage', l10n.t('What this run was started with is damaged'), { cause: error });
	}
	const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
	if (typeof format === 'number' && format > runFormat) {
		throw newerRun();
	}
	if (format !== runFormat) {
		throw new AppError('storage', l10n.t('What this run was started with is damaged'));
	}
	return value as RunPins;
}
