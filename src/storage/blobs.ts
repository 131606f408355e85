import * as l10n from '@vscode/l10n';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { AppError } from '../common/errors.ts';
import type { Blobs } from './contract.ts';
import { notSaved } from './failures.ts';
import type { DiskFiles } from '../disk/files.ts';
import { placeFile } from '../disk/placeFile.ts';
import { textHash } from '../disk/textHash.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);
const fileName = /^([0-9a-f]{64})\.gz$/;

/** Larger texts are not stored: a small file can inflate to more than fits into memory. */
const maxTextBytes = 64 * 1024 * 1024;
/** A file may be waiting for its name, or for the row that will reference it: unreferenced files are kept this long. */
const unnamedGraceMs = 60 * 60 * 1000;

export interface BlobOptions {
	files: DiskFiles;
	/** The store's folder. */
	folder: string;
	/** Keeps temporary files of several windows apart. */
	unique: string;
	now: () => Date;
	/** All references in the rows of the store. */
	references: () => Promise<Set<string>>;
}

/** Full answers and exact requests: `answers/<SHA-256 of the text>.gz`, so that equal texts are stored once. */
export function createBlobs({ files, folder, unique, now, references }: BlobOptions): Blobs {
	const answers = `${folder}/answers`;
	/** The folder's name is durable. For an existing folder that is not certain: the window that made it may have been killed. */
	let isMade = false;
	/** Files being written; a second `put` of the same text waits for the same file. */
	const writing = new Map<string, Promise<void>>();

	async function write(reference: string, text: string): Promise<void> {
		const bytes = await compress(text);
		try {
			if (!isMade || !(await files.list(folder)).includes('answers')) {
				await files.createFolder(answers);
				isMade = true;
			}
			// Written again if it exists, so that the file is as recent as its last use.
			await placeFile(files, answers, `${reference}.gz`, bytes, { unique });
		} catch (error) {
			throw notSaved(error);
		}
	}

	return {
		async put(text) {
			if (Buffer.byteLength(text) > maxTextBytes) {
				const limit = maxTextBytes / 1024 / 1024;
				throw new AppError('storage', l10n.t('Not saved. The text is larger than {0} MB.', limit));
			}
			const reference = textHash(text);
			let written = writing.get(reference);
			if (!written) {
				written = write(reference, text).finally(() => writing.delete(reference));
				writing.set(reference, written);
			}
			await written;
			return reference;
		},
		async get(reference) {
			const name = `${reference}.gz`;
			const path = `${answers}/${name}`;
			const found = fileName.test(name) ? await files.stat(path) : undefined;
			const bytes = found && found.size <= maxTextBytes ? await files.read(path) : undefined;
			if (!bytes) {
				return undefined;
			}
			try {
				const text = (await decompress(bytes, { maxOutputLength: maxTextBytes })).toString('utf8');
				return textHash(text) === reference ? text : undefined;
			} catch {
				// A damaged file counts as lost; the caller reports that the answer is not stored.
				return undefined;
			}
		},
		async prune(before) {
			const named = await references();
			const unnamedBefore = now().getTime() - unnamedGraceMs;
			let removed = 0;
			for (const name of await files.list(answers)) {
				const reference = fileName.exec(name)?.[1] ?? '';
				const found = await files.stat(`${answers}/${name}`);
				if (!found || (reference === '' && !name.endsWith('.tmp'))) {
					continue;
				}
				const limit = named.has(reference) ? before.getTime() : Math.max(before.getTime(), unnamedBefore);
				if (found.modified < limit) {
					await files.remove(`${answers}/${name}`);
					removed++;
				}
			}
			return removed;
		},
	};
}
