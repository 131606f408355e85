import { type DiskFiles, type OpenFile, writeAll } from '../disk/files.ts';
import { placeFile } from '../disk/placeFile.ts';
import { logFile } from './layout.ts';
import { type LogPoint, encodeHeader } from './logFormat.ts';

/** The log that this window appends to. */
export class LogWriter {
	readonly #file: OpenFile;
	#end: number;

	private constructor(file: OpenFile, end: number) {
		this.#file = file;
		this.#end = end;
	}

	/** Bytes up to the last durable record. */
	get end(): number {
		return this.#end;
	}

	/** A new log that continues `point`. Rejects with EEXIST if a log of this generation exists. */
	static async create(
		files: DiskFiles,
		folder: string,
		log: { generation: number; point: LogPoint },
		unique: string,
	): Promise<LogWriter> {
		const header = encodeHeader(log.generation, log.point);
		await placeFile(files, folder, logFile(log.generation), header, { unique, way: 'link' });
		return new LogWriter(await files.open(`${folder}/${logFile(log.generation)}`, 'update'), header.length);
	}

	/** Continues a log whose last writer finished at `end`. */
	static async continueAt(files: DiskFiles, folder: string, generation: number, end: number): Promise<LogWriter> {
		return new LogWriter(await files.open(`${folder}/${logFile(generation)}`, 'update'), end);
	}

	/** The record is durable when it resolves; it counts only after `accept`. */
	async append(bytes: Uint8Array): Promise<void> {
		await writeAll(this.#file, bytes, this.#end);
		await this.#file.sync();
	}

	accept(length: number): void {
		this.#end += length;
	}

	/** Removes what was appended but not accepted, so that a restart does not read what was reported as not saved. */
	async undo(): Promise<void> {
		await this.#file.truncate(this.#end);
		await this.#file.sync();
	}

	close(): Promise<void> {
		return this.#file.close();
	}
}
