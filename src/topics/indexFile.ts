import * as l10n from '@vscode/l10n';
import { setImmediate } from 'node:timers/promises';
import { AppError, isAppError, throwIfAborted } from '../common/errors.ts';
import type { OpenTopicDatabase, TopicDatabase, TopicSource } from './index/contract.ts';
import type { LocalOptions } from './localOptions.ts';

/** The file next to the index: the hash that its bytes must have, and the sources to rebuild it from. */
interface IndexRecord {
	/** SHA-256 of the index; of both the old and the new one while it is being replaced. */
	hashes: string[];
	topics: TopicSource[];
}

/** Fills one topic of an empty index from its source. */
type Rebuild = (engine: TopicDatabase, topic: TopicSource) => Promise<void>;

/**
 * The index on disk: loaded completely, and replaced completely after each change (temporary file, fsync, rename), so that
 * the disk always has one complete state. A damaged file is set aside and rebuilt from the recorded sources.
 */
export class IndexFile {
	readonly #options: LocalOptions;
	readonly #rebuild: Rebuild;
	#engine: TopicDatabase | undefined;
	/** The running `open`, shared by all callers that wait for it. */
	#opening: Promise<TopicDatabase> | undefined;
	#writing = false;
	/** Size and time of the file when this process last read or wrote it. */
	#stamp = '';

	constructor(options: LocalOptions, rebuild: Rebuild) {
		this.#options = options;
		this.#rebuild = rebuild;
	}

	/** The engine with the state on disk; reloaded if another window wrote the file. Use it before the next await. */
	open(): Promise<TopicDatabase> {
		this.#opening ??= this.#openOrReload().finally(() => {
			this.#opening = undefined;
		});
		return this.#opening;
	}

	/**
	 * Applies a change to the state on disk and writes the file; windows that share it take turns. If writing fails, or
	 * `signal` is aborted before it, memory returns to what is on disk. If `apply` throws an `AppError`, nothing was changed.
	 */
	async change<T>(apply: (engine: TopicDatabase) => T, signal?: AbortSignal): Promise<T> {
		const { file, files } = this.#options;
		const release = await files.lock(`${file}.lock`).catch((error: unknown) => {
			throw notWritten(error);
		});
		try {
			const engine = await this.open();
			this.#writing = true;
			return await this.#applyAndWrite(engine, apply, signal);
		} finally {
			this.#writing = false;
			await release();
		}
	}

	async #applyAndWrite<T>(
		engine: TopicDatabase,
		apply: (engine: TopicDatabase) => T,
		signal?: AbortSignal,
	): Promise<T> {
		const before = engine.revision;
		try {
			const result = apply(engine);
			if (engine.revision !== before) {
				await this.#write(engine, signal);
			}
			return result;
		} catch (error) {
			if (engine.revision !== before) {
				this.#engine = undefined;
				engine.close();
			}
			throw isAppError(error) ? error : notWritten(error);
		}
	}

	async close(): Promise<void> {
		await this.#opening?.catch(() => undefined);
		this.#engine?.close();
		this.#engine = undefined;
	}

	async #openOrReload(): Promise<TopicDatabase> {
		if (this.#engine && (this.#writing || (await this.#readStamp()) === this.#stamp)) {
			return this.#engine;
		}
		this.#engine?.close();
		this.#engine = undefined;
		this.#engine = await this.#load();
		return this.#engine;
	}

	async #load(): Promise<TopicDatabase> {
		const { file, files, log } = this.#options;
		const openDatabase = await this.#options.database();
		this.#stamp = await this.#readStamp();
		// The bytes are read first: a record that another window writes in the meantime still has the hash of the older bytes.
		const bytes = this.#stamp === '' ? undefined : await files.read(file);
		const record = await this.#readRecord();
		if (bytes === undefined && record === undefined) {
			return openDatabase();
		}
		if (bytes) {
			const opened = this.#openBytes(openDatabase, bytes, record);
			if (!('reason' in opened)) {
				return opened;
			}
			if ((await this.#readStamp()) !== this.#stamp) {
				return this.#load();
			}
			const aside = `${file}.damaged`;
			await files.move(file, aside);
			log.warn(
				`The topic index cannot be used: ${opened.reason}. It was set aside as ${aside} and is rebuilt from its sources.`,
			);
		}
		return this.#rebuildAll(openDatabase(), record?.topics ?? []);
	}

	#openBytes(
		openDatabase: OpenTopicDatabase,
		bytes: Uint8Array,
		record: IndexRecord | undefined,
	): TopicDatabase | { reason: string } {
		if (record && !record.hashes.includes(this.#options.files.hash(bytes))) {
			return { reason: 'its bytes do not match their checksum' };
		}
		try {
			return openDatabase(bytes, { check: record === undefined });
		} catch (error) {
			return { reason: messageOf(error) };
		}
	}

	async #rebuildAll(engine: TopicDatabase, topics: readonly TopicSource[]): Promise<TopicDatabase> {
		const { log, onRebuild } = this.#options;
		for (const topic of topics) {
			engine.apply(topic, { changed: [], removedUris: [], skipped: [], notes: [] });
			try {
				await this.#rebuild(engine, topic);
				log.info(`The topic "${topic.name}" was rebuilt.`);
			} catch (error) {
				log.warn(`The topic "${topic.name}" could not be rebuilt and is empty now: ${messageOf(error)}`);
			}
		}
		onRebuild(undefined);
		if ((await this.#readStamp()) !== '') {
			// Another window was faster.
			engine.close();
			return this.#load();
		}
		await this.#write(engine);
		return engine;
	}

	async #write(engine: TopicDatabase, signal?: AbortSignal): Promise<void> {
		const { file, files } = this.#options;
		const before = await this.#readRecord();
		// Lets a cancellation through that arrived while the change was made.
		await setImmediate();
		throwIfAborted(signal);
		const bytes = engine.export();
		const hash = files.hash(bytes);
		const topics = engine.sources();
		// Between the two renames both the old and the new index are valid.
		await this.#writeRecord({ hashes: [hash, ...(before?.hashes ?? [])].slice(0, 2), topics });
		await files.replace(file, bytes);
		this.#stamp = await this.#readStamp();
	}

	async #writeRecord(record: IndexRecord): Promise<void> {
		const text = `${JSON.stringify(record, null, '\t')}\n`;
		await this.#options.files.replace(`${this.#options.file}.json`, new TextEncoder().encode(text));
	}

	async #readRecord(): Promise<IndexRecord | undefined> {
		const path = `${this.#options.file}.json`;
		if ((await this.#options.files.stat(path)) === undefined) {
			return undefined;
		}
		try {
			return JSON.parse(new TextDecoder().decode(await this.#options.files.read(path))) as IndexRecord;
		} catch (error) {
			this.#options.log.warn(`${path} cannot be read: ${messageOf(error)}`);
			return undefined;
		}
	}

	async #readStamp(): Promise<string> {
		const found = await this.#options.files.stat(this.#options.file);
		return found ? `${found.size} ${found.changed}` : '';
	}
}

function notWritten(error: unknown): AppError {
	const message = l10n.t(
		'The topic index could not be written: {0}. It was not changed. Free some space or check the folder’s permissions, then try again.',
		messageOf(error),
	);
	return new AppError('storage', message, { cause: error });
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
