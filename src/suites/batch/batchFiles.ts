import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { AppError } from '../../common/errors.ts';
import { type DiskFiles, type OpenFile, writeAll } from '../../disk/files.ts';
import { placeFile } from '../../disk/placeFile.ts';
import { storageFailure } from '../runLog/storageFailure.ts';

/**
 * `ready`: its file is written and nothing was sent. `sending`: a submission has begun, and only the provider knows whether
 * it has arrived. `sent`: the batch has an id. `done`: everything that came of it is in the log of the run.
 */
const partStates = ['ready', 'sending', 'sent', 'done'] as const;

const partSchema = v.object({
	/** From 1. */
	part: v.number(),
	/** `provider/model`. */
	model: v.string(),
	/** Of the provider's address. */
	origin: v.string(),
	requests: v.number(),
	/** US dollars that it probably costs; 0 if the price is unknown. */
	costUsd: v.number(),
	state: v.picklist(partStates),
	/** When its submission began, in milliseconds since 1970. */
	sendingAt: v.optional(v.number()),
	batchId: v.optional(v.string()),
	/** The id was found among the batches of the key and may be somebody else's until the results are there. */
	isUncertain: v.optional(v.boolean()),
	/** Ids of batches that have turned out to be somebody else's. */
	others: v.array(v.string()),
	/** The user has cancelled it. */
	isCancelled: v.optional(v.boolean()),
});

/** A batch of a run. */
export type BatchPart = v.InferOutput<typeof partSchema>;

const stateSchema = v.object({ format: v.literal(1), parts: v.array(partSchema) });

const stateFile = 'batches.json';
const fileOf = (part: number) => `batch-${part}.jsonl`;

/** What is stored of the batches of one run. Errors are `AppError('storage')`. */
export interface BatchFiles {
	/** The batches so far; none if the run has none. */
	read(): Promise<BatchPart[]>;
	/** Durable when it resolves. */
	write(parts: readonly BatchPart[]): Promise<void>;
	/** Writes the file of a part: it is complete and durable once `close` resolves. */
	create(part: number): Promise<BatchWriter>;
	open(part: number): Promise<OpenFile>;
	/** The file as it is sent. */
	content(part: number): Promise<Blob>;
	/** Does nothing if it is missing. */
	remove(part: number): Promise<void>;
}

export interface BatchWriter {
	write(text: string): Promise<void>;
	close(): Promise<void>;
}

/** Written together. */
const bufferLength = 262_144;

/** In the folder of the run. */
export function openBatchFiles(folder: string, files: DiskFiles): BatchFiles {
	const guard = async <T>(work: () => Promise<T>): Promise<T> => {
		try {
			return await work();
		} catch (error) {
			throw storageFailure(l10n.t('The batch was not stored.'), error);
		}
	};
	return {
		read: () =>
			guard(async () => {
				const bytes = await files.read(`${folder}/${stateFile}`);
				return bytes ? readState(Buffer.from(bytes).toString()) : [];
			}),
		write: (parts) =>
			guard(() => placeFile(files, folder, stateFile, Buffer.from(`${JSON.stringify({ format: 1, parts })}\n`))),
		create: (part) =>
			guard(async () => {
				const file = await files.open(`${folder}/${fileOf(part)}`, 'create');
				let position = 0;
				let pending = '';
				const flush = async () => {
					const bytes = Buffer.from(pending);
					pending = '';
					await writeAll(file, bytes, position);
					position += bytes.length;
				};
				return {
					write: (text) =>
						guard(async () => {
							pending += text;
							if (pending.length >= bufferLength) {
								await flush();
							}
						}),
					close: () =>
						guard(async () => {
							try {
								await flush();
								await file.sync();
							} finally {
								await file.close();
							}
							await files.syncFolder(folder);
						}),
				};
			}),
		open: (part) => guard(() => files.open(`${folder}/${fileOf(part)}`, 'read')),
		content: (part) => guard(() => files.blob(`${folder}/${fileOf(part)}`)),
		remove: (part) => guard(() => files.remove(`${folder}/${fileOf(part)}`)),
	};
}

function readState(text: string): BatchPart[] {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		throw damaged(error);
	}
	const read = v.safeParse(stateSchema, value);
	if (!read.success) {
		throw damaged();
	}
	return read.output.parts;
}

function damaged(cause?: unknown): AppError {
	return new AppError('storage', l10n.t('What is stored of the batches of this run is damaged'), { cause });
}
