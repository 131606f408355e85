import * as l10n from '@vscode/l10n';
import { AppError, isAppError, throwIfAborted, toAppError } from '../common/errors.ts';
import { SerialQueue } from '../common/serialQueue.ts';
import { checkTopicName } from '../common/topicName.ts';
import type { ImportReport } from '../common/topicModel.ts';
import type { ImportOptions } from './contract.ts';
import type { AskTopics, TopicDatabase, TopicSource } from './index/contract.ts';
import { IndexFile } from './indexFile.ts';
import type { LocalOptions } from './localOptions.ts';
import { applyContent, resolvedSource, readContent } from './importTopic.ts';

/** The index, in this thread or in a worker. */
export interface TopicService {
	ask: AskTopics;
	import(name: string, path: string, options?: ImportOptions): Promise<ImportReport>;
	refresh(name: string, options?: ImportOptions): Promise<ImportReport>;
	rename(from: string, to: string): Promise<void>;
	remove(name: string): Promise<void>;
}

/** The index in this thread. Writes run one at a time; reads see the last complete state. */
export class LocalTopicService implements TopicService {
	readonly #file: IndexFile;
	readonly #options: LocalOptions;
	readonly #writes = new SerialQueue();

	constructor(options: LocalOptions) {
		this.#options = options;
		this.#file = new IndexFile(options, (engine, topic) => this.#rebuild(engine, topic));
	}

	readonly ask: AskTopics = async (question, ...parameters) => (await this.#engine()).ask(question, ...parameters);

	import(name: string, path: string, options: ImportOptions = {}): Promise<ImportReport> {
		return this.#write(async () => {
			const topic = checkTopicName(name);
			const source = await resolvedSource(this.#options, path);
			return this.#update(topic, source, options);
		});
	}

	refresh(name: string, options: ImportOptions = {}): Promise<ImportReport> {
		return this.#write(async () => {
			const topic = (await this.#engine()).sources().find((known) => known.name === name);
			if (!topic) {
				throw unknownTopic(name);
			}
			return this.#update(name, topic.source, options);
		});
	}

	rename(from: string, to: string): Promise<void> {
		return this.#write(async () => {
			const name = checkTopicName(to);
			await this.#file.change((engine) => {
				const names = engine.sources().map((topic) => topic.name);
				if (!names.includes(from)) {
					throw unknownTopic(from);
				}
				if (names.includes(name) && name !== from) {
					throw new AppError(
						'validation',
						l10n.t('A topic named "{0}" already exists. Choose another name.', name),
						{
							info: { field: 'name' },
						},
					);
				}
				engine.rename(from, name);
			});
		});
	}

	remove(name: string): Promise<void> {
		return this.#write(() =>
			this.#file.change((engine) => {
				if (!engine.sources().some((topic) => topic.name === name)) {
					throw unknownTopic(name);
				}
				engine.remove(name);
			}),
		);
	}

	/** Waits for the running write, then frees the memory. */
	async close(): Promise<void> {
		await this.#writes.run(() => this.#file.close());
	}

	#engine(): Promise<TopicDatabase> {
		return this.#file.open();
	}

	#write<T>(work: () => Promise<T>): Promise<T> {
		return this.#writes.run(work).catch((error: unknown) => {
			throw toAppError(error);
		});
	}

	async #update(name: string, path: string | null, options: ImportOptions): Promise<ImportReport> {
		if (path === null) {
			throw new AppError('validation', l10n.t('The topic "{0}" has no recorded source. Import it again.', name));
		}
		const before = await this.#engine();
		const topic = before.sources().find((known) => known.name === name) ?? newSource(before, name, path);
		const content = await readContent(before, this.#options, { ...topic, source: path }, options);
		throwIfAborted(options.signal);
		return this.#file.change((engine) => applyContent(engine, topic, path, content), options.signal);
	}

	async #rebuild(engine: TopicDatabase, topic: TopicSource): Promise<void> {
		const onProgress = ({ done, total }: { done: number; total: number }) =>
			this.#options.onRebuild({ topic: topic.name, done, total });
		const path = topic.source ?? '';
		try {
			applyContent(engine, topic, path, await readContent(engine, this.#options, topic, { onProgress }));
		} catch (error) {
			// Shown in the Topics view until the topic is refreshed.
			const reason = isAppError(error) ? error.message : String(error);
			engine.apply(topic, { changed: [], removedUris: [], skipped: [{ file: path, reason }], notes: [] });
			throw error;
		}
	}
}

function newSource(engine: TopicDatabase, name: string, source: string): TopicSource {
	const taken = new Set(engine.sources().map((topic) => topic.uriBase));
	const slug =
		name
			.toLowerCase()
			.replace(/[^\p{L}\p{N}]+/gu, '-')
			.replace(/^-|-$/gu, '') || 'topic';
	let uriBase = slug;
	for (let number = 2; taken.has(uriBase); number++) {
		uriBase = `${slug}-${number}`;
	}
	return { name, source, uriBase, mapping: null };
}

function unknownTopic(name: string): AppError {
	return new AppError('not-found', l10n.t('There is no topic "{0}".', name));
}
