import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { errorCode } from '../../disk/files.ts';
import type { ScratchFile } from '../../disk/scratchFile.ts';
import type { SuiteCase } from '../suite.ts';
import { NumberColumn } from '../columns/numberColumn.ts';
import type { CaseCollection } from './caseSequence.ts';
import type { PackedCase, SharedParts } from './sharedParts.ts';

/** Bytes that are written, and read ahead, at once. */
const blockBytes = 64 * 1024;
/** How many cases may be between two that are asked for one after the other, so that those behind them are read too. */
const smallStep = 16;

/**
 * Cases as lines of JSON in a scratch file, which holds what does not fit into one block: memory has only where each line begins.
 * A case that is read is a copy, so changing it changes nothing here. Throws `storage` if the file cannot be written or read.
 */
export class CaseSpool<Case extends SuiteCase> implements CaseCollection<Case> {
	readonly #folder: string;
	readonly #open: () => ScratchFile;
	readonly #shared: SharedParts;
	#file: ScratchFile | undefined;
	readonly #starts = new NumberColumn();
	/** Names that were given later. */
	readonly #names: string[] = [];
	/** What is not in the file yet, and where it begins there. */
	#waiting = { bytes: Buffer.allocUnsafe(blockBytes), length: 0, start: 0 };
	/** The part of the file that was read last. */
	#read: { bytes: Buffer; length: number; start: number } = { bytes: Buffer.alloc(0), length: 0, start: 0 };
	#last: { index: number; value: Case } | undefined;

	/** `open` creates a file in `folder`, which messages name. */
	constructor(folder: string, open: () => ScratchFile, shared: SharedParts) {
		this.#folder = folder;
		this.#open = open;
		this.#shared = shared;
	}

	get length(): number {
		return this.#starts.length;
	}

	push(one: Case): void {
		const json = JSON.stringify(this.#shared.pack(one));
		const length = Buffer.byteLength(json);
		if (this.#waiting.length + length > blockBytes) {
			this.#write();
		}
		this.#starts.push(this.#waiting.start + this.#waiting.length);
		if (length > blockBytes) {
			this.#append(Buffer.from(json));
		} else {
			this.#waiting.length += this.#waiting.bytes.write(json, this.#waiting.length);
		}
	}

	/** Gives a case its name, if it was not known before. */
	rename(index: number, name: string): void {
		this.#names[index] = name;
		this.#last = undefined;
	}

	at(index: number): Case | undefined {
		const position = index < 0 ? this.length + index : index;
		if (position === this.#last?.index) {
			return this.#last.value;
		}
		const start = this.#starts.at(position);
		if (start === undefined) {
			return undefined;
		}
		const end = this.#starts.at(position + 1) ?? this.#waiting.start + this.#waiting.length;
		const step = position - (this.#last?.index ?? -1);
		const text = this.#text(start, end, step > 0 && step <= smallStep);
		const value = this.#shared.unpack<Case>(this.#parse(text));
		value.name = this.#names[position] ?? value.name;
		this.#last = { index: position, value };
		return value;
	}

	*[Symbol.iterator](): Generator<Case, void> {
		for (let index = 0; index < this.length; index++) {
			yield this.at(index) as Case;
		}
	}

	some(fits: (one: Case) => boolean): boolean {
		for (const one of this) {
			if (fits(one)) {
				return true;
			}
		}
		return false;
	}

	every(fits: (one: Case) => boolean): boolean {
		return !this.some((one) => !fits(one));
	}

	close(): void {
		this.#file?.close();
	}

	#text(start: number, end: number, readsAhead: boolean): string {
		if (start >= this.#waiting.start) {
			return this.#waiting.bytes.toString('utf8', start - this.#waiting.start, end - this.#waiting.start);
		}
		if (start < this.#read.start || end > this.#read.start + this.#read.length) {
			const ahead = Math.min(start + blockBytes, this.#waiting.start);
			this.#readPart(start, readsAhead ? Math.max(end, ahead) : end);
		}
		const { bytes, start: first } = this.#read;
		return bytes.toString('utf8', start - first, end - first);
	}

	#readPart(start: number, end: number): void {
		const length = end - start;
		// One block is used again and again, unless a line is longer.
		const isLarge = length > blockBytes;
		const bytes = this.#read.bytes.length === blockBytes && !isLarge ? this.#read.bytes : this.#newBlock(length);
		this.#read = { bytes, length: 0, start };
		try {
			this.#file?.read(bytes.subarray(0, length), start);
		} catch (error) {
			throw this.#failure(error);
		}
		this.#read.length = length;
	}

	#newBlock(length: number): Buffer {
		return Buffer.allocUnsafe(Math.max(length, blockBytes));
	}

	#parse(text: string): PackedCase<Case> {
		try {
			return JSON.parse(text) as PackedCase<Case>;
		} catch (error) {
			throw this.#failure(error);
		}
	}

	#write(): void {
		const { bytes, length } = this.#waiting;
		this.#waiting.length = 0;
		this.#append(bytes.subarray(0, length));
	}

	#append(bytes: Uint8Array): void {
		try {
			this.#file ??= this.#open();
			this.#file.append(bytes);
		} catch (error) {
			throw this.#failure(error);
		}
		this.#waiting.start += bytes.length;
	}

	#failure(error: unknown): AppError {
		const code = errorCode(error);
		const message =
			code === 'ENOSPC' || code === 'EDQUOT'
				? l10n.t(
						'The disk is full, so the cases of the suite cannot be kept in {0} while they run. Free some space and run the suite again',
						this.#folder,
					)
				: l10n.t(
						'The cases of the suite cannot be kept in {0} while they run: {1}',
						this.#folder,
						error instanceof Error ? error.message : String(error),
					);
		return new AppError('storage', message, { cause: error });
	}
}
