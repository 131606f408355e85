import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { Emitter } from '../common/lifecycle.ts';
import { generalTopic } from '../common/model.ts';
import type { OpenTopicDatabase } from './index/contract.ts';
import type { TopicChange, TopicIndex } from './contract.ts';
import type { TopicFiles } from './files.ts';
import type { RebuildProgress, TopicLog } from './localOptions.ts';
import type { RealPath } from './importTopic.ts';
import { remoteTopicService, type WorkerPort } from './remoteTopicService.ts';
import type { TopicService } from './topicService.ts';

export interface TopicIndexOptions {
	/** Absolute path of the index database, evaluated at the first call; `<file>.json` records its checksum and the topics' sources. */
	file: string | (() => Promise<string>);
	/** Starts the worker thread that holds the index (`startTopicWorker`). Without it the index lives in this thread. */
	createWorker?: (file: string) => Promise<WorkerPort>;
	/** Opens the index if it lives in this thread. */
	database?: () => Promise<OpenTopicDatabase>;
	files?: TopicFiles;
	/**
	 * Resolves the location of a topic's source; called before anything is read from it; throws if it may not be read now.
	 * Without it, links are resolved and every location may be read.
	 */
	realPath?: RealPath;
	log?: TopicLog;
	/** Called while a damaged index is rebuilt from its sources; with `undefined` when that is done. */
	onRebuild?: (progress: RebuildProgress | undefined) => void;
}

type OwnedService = TopicService & { close(): Promise<void> };

const silent: TopicLog = { info: () => undefined, warn: () => undefined };

/** The topic index. Before the first call nothing is read and no thread is started. */
export function openTopicIndex(options: TopicIndexOptions): TopicIndex {
	const changed = new Emitter<TopicChange>();
	const onRebuild = (progress: RebuildProgress | undefined) => {
		options.onRebuild?.(progress);
		if (progress === undefined) {
			changed.fire({ topics: [], all: true });
		}
	};
	let opened: Promise<OwnedService> | undefined;
	const service = () =>
		(opened ??= openService(options, onRebuild).catch((error: unknown) => {
			// The next call tries again.
			opened = undefined;
			throw error;
		}));
	const withChange = async <T>(topics: readonly string[], work: (index: TopicService) => Promise<T>): Promise<T> => {
		const result = await work(await service());
		changed.fire({ topics, all: false });
		return result;
	};
	return {
		onDidChange: changed.event,
		ask: async (question, ...parameters) => (await service()).ask(question, ...parameters),
		list: async () => (await service()).ask('topics'),
		import: (name, path, hooks) => withChange([name], (index) => index.import(name, path, hooks)),
		refresh: (name, hooks) => withChange([name], (index) => index.refresh(name, hooks)),
		rename: (from, to) => withChange([from, to], (index) => index.rename(from, to)),
		remove: (name) => withChange([name], (index) => index.remove(name)),
		articles: async (topic, page) => (await service()).ask('articles', topic, page),
		article: async (uri) => (await service()).ask('article', uri),
		search: async (topic, query, page) => (await service()).ask('search', topic, query, { limit: 20, ...page }),
		async openTools(topic, runOptions) {
			const index = await service();
			if (topic !== generalTopic && !(await index.ask('topics')).some(({ name }) => name === topic)) {
				throw new AppError(
					'not-found',
					l10n.t('There is no topic "{0}". Import it, or choose another one.', topic),
				);
			}
			// The tools and their schemas are loaded when the first test runs.
			const { toolSession } = await import('./tools/toolSession.ts');
			return toolSession(index, topic, runOptions);
		},
		async dispose() {
			changed.dispose();
			await (await opened)?.close();
		},
	};
}

async function openService(
	{ file: place, createWorker, database, files, realPath, log = silent }: TopicIndexOptions,
	onRebuild: (progress: RebuildProgress | undefined) => void,
): Promise<OwnedService> {
	const file = typeof place === 'string' ? place : await place();
	if (createWorker) {
		return remoteTopicService({ file, createWorker, realPath: realPath ?? ((path) => path), log, onRebuild });
	}
	if (!database) {
		throw new AppError('internal', l10n.t('The topic index was given neither a worker nor a database'));
	}
	// Loaded only here: with a worker, the readers of articles are not part of the extension's main bundle.
	const [{ LocalTopicService }, { nodeFiles }] = await Promise.all([
		import('./topicService.ts'),
		import('./nodeFiles.ts'),
	]);
	return new LocalTopicService({
		file,
		database,
		files: files ?? nodeFiles,
		realPath: realPath ?? ((path) => (files ?? nodeFiles).resolve(path)),
		log,
		onRebuild,
	});
}
