import { AppError, throwIfAborted, toAppError } from '../common/errors.ts';
import { checkTopicName } from '../common/topicName.ts';
import type { Article, ArticleGroup, ArticleSummary, ImportReport, SearchHit, Topic } from '../common/topicModel.ts';
import type { ImportOptions } from './contract.ts';
import type {
	ArticleFilter,
	ArticleList,
	ArticlePage,
	CategoryCount,
	OpenTopicDatabase,
	SearchOptions,
	SentimentCount,
	TopicDatabase,
	TopicSource,
} from '../storage/topicIndex/contract.ts';
import { uriKey } from './articleUri.ts';
import type { TopicFiles } from './files.ts';
import { IndexFile, type RebuildProgress } from './indexFile.ts';
import { applyContent, readContent } from './importTopic.ts';

export interface TopicLog {
	info(message: string): void;
	warn(message: string): void;
}

/** What the index answers, in this thread or from a worker. */
export interface TopicService {
	list(): Promise<Topic[]>;
	import(name: string, path: string, options?: ImportOptions): Promise<ImportReport>;
	refresh(name: string, options?: ImportOptions): Promise<ImportReport>;
	rename(from: string, to: string): Promise<void>;
	remove(name: string): Promise<void>;
	skipped(topic: string): Promise<ImportReport['skipped']>;
	groups(topic: string, by: 'category' | 'month'): Promise<ArticleGroup[]>;
	articles(topic: string, options?: ArticlePage): Promise<ArticleSummary[]>;
	article(uri: string): Promise<Article | undefined>;
	search(topic: string, query: string, options: SearchOptions): Promise<SearchHit[]>;
	latest(topic: string, options: ArticleFilter & { limit: number }): Promise<ArticleList>;
	categories(topic: string, filter: ArticleFilter): Promise<CategoryCount[]>;
	sentiments(topic: string, filter: ArticleFilter): Promise<SentimentCount[]>;
	/** Newest date of the topic that is not after `now`. */
	newest(topic: string, now: string): Promise<string | null>;
	/** Article URIs of the topic by comparable link, see `uriKey`. */
	resolveLinks(topic: string, keys: readonly string[]): Promise<{ key: string; uri: string }[]>;
}

export interface LocalOptions {
	/** Absolute path of the index database. */
	file: string;
	/** Called at the first need. */
	database: () => Promise<OpenTopicDatabase>;
	files: TopicFiles;
	log: TopicLog;
	/** While a damaged index is rebuilt from its sources; `undefined` when that is done. */
	onRebuild: (progress: RebuildProgress | undefined) => void;
}

/** The index in this thread. Writes run one after the other; reads see the last complete state. */
export class LocalTopicService implements TopicService {
	readonly #file: IndexFile;
	readonly #files: TopicFiles;
	#writes: Promise<unknown> = Promise.resolve();

	readonly #onRebuild: (progress: RebuildProgress | undefined) => void;

	constructor(options: LocalOptions) {
		this.#files = options.files;
		this.#onRebuild = options.onRebuild;
		this.#file = new IndexFile(options, (engine, topic) => this.#rebuild(engine, topic));
	}

	async list() {
		return (await this.#engine()).topics();
	}

	async skipped(topic: string) {
		return (await this.#engine()).skipped(topic);
	}

	async groups(topic: string, by: 'category' | 'month') {
		return (await this.#engine()).groups(topic, by);
	}

	async articles(topic: string, options?: ArticlePage) {
		return (await this.#engine()).articles(topic, options);
	}

	async article(uri: string) {
		return (await this.#engine()).article(uri, uriKey(uri));
	}

	async search(topic: string, text: string, options: SearchOptions) {
		return (await this.#engine()).search(topic, text, options);
	}

	async latest(topic: string, options: ArticleFilter & { limit: number }) {
		return (await this.#engine()).latest(topic, options);
	}

	async categories(topic: string, filter: ArticleFilter) {
		return (await this.#engine()).categories(topic, filter);
	}

	async sentiments(topic: string, filter: ArticleFilter) {
		return (await this.#engine()).sentiments(topic, filter);
	}

	async newest(topic: string, now: string) {
		return (await this.#engine()).newest(topic, now);
	}

	async resolveLinks(topic: string, keys: readonly string[]) {
		return (await this.#engine()).urisByKey(topic, keys);
	}

	import(name: string, path: string, options: ImportOptions = {}): Promise<ImportReport> {
		return this.#write(async () => {
			const topic = checkTopicName(name);
			const source = await this.#files.resolve(path).catch((error: unknown) => {
				throw new AppError(
					'not-found',
					`There is no folder or file at ${path}. Choose another source for the topic.`,
					{ cause: error },
				);
			});
			return this.#bringUpToDate(topic, source, options);
		});
	}

	refresh(name: string, options: ImportOptions = {}): Promise<ImportReport> {
		return this.#write(async () => {
			const topic = (await this.#engine()).sources().find((known) => known.name === name);
			if (!topic) {
				throw unknownTopic(name);
			}
			return this.#bringUpToDate(name, topic.source, options);
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
					throw new AppError('validation', `A topic named "${name}" exists already. Choose another name.`, {
						info: { field: 'name' },
					});
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

	/** Waits for the write that is under way, then frees the memory. */
	async close(): Promise<void> {
		await this.#writes;
		await this.#file.close();
	}

	#engine(): Promise<TopicDatabase> {
		return this.#file.open();
	}

	#write<T>(work: () => Promise<T>): Promise<T> {
		const result = this.#writes.then(work).catch((error: unknown) => {
			throw toAppError(error);
		});
		this.#writes = result.catch(() => undefined);
		return result;
	}

	async #bringUpToDate(name: string, path: string | null, options: ImportOptions): Promise<ImportReport> {
		if (path === null) {
			throw new AppError('validation', `The topic "${name}" has no recorded source. Import it again.`);
		}
		const before = await this.#engine();
		const topic = before.sources().find((known) => known.name === name) ?? newSource(before, name, path);
		const content = await readContent(before, this.#files, { ...topic, source: path }, options);
		throwIfAborted(options.signal);
		return this.#file.change((engine) => applyContent(engine, topic, path, content), options.signal);
	}

	async #rebuild(engine: TopicDatabase, topic: TopicSource): Promise<void> {
		const onProgress = ({ done, total }: { done: number; total: number }) =>
			this.#onRebuild({ topic: topic.name, done, total });
		const path = topic.source ?? '';
		applyContent(engine, topic, path, await readContent(engine, this.#files, topic, { onProgress }));
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
	return new AppError('not-found', `There is no topic "${name}".`);
}
