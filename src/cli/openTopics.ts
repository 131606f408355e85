import * as l10n from '@vscode/l10n';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../common/errors.ts';
import type { SuiteContext } from '../suites/suiteContext.ts';
import type { TopicIndex } from '../topics/contract.ts';
import { loadSqlJs } from './loadSqlJs.ts';

/** What the editor calls the index that it keeps beside a store. */
const indexName = 'topics.db';

/**
 * The topics beside the store of `--store`, read once and only if a suite or prompt names one. Nothing is written there: an index
 * that would have to be rebuilt is an error. Without a store every call rejects with `validation`.
 */
export function openTopics(folder: string, storeOption: string | undefined): SuiteContext['topics'] {
	let opened: Promise<TopicIndex> | undefined;
	const index = () =>
		(opened ??=
			storeOption === undefined
				? Promise.reject(noTopics())
				: openBeside(resolve(folder, storeOption), storeOption));
	return {
		list: async () => (await index()).list(),
		openTools: async (topic, options) => (await index()).openTools(topic, options),
	};
}

async function openBeside(store: string, name: string): Promise<TopicIndex> {
	const [{ openTopicIndex }, { topicDatabases }, { nodeFiles }] = await Promise.all([
		import('../topics/openTopicIndex.ts'),
		import('../topics/index/topicEngine.ts'),
		import('../topics/nodeFiles.ts'),
	]);
	const file = join(dirname(store), indexName);
	if (!(await nodeFiles.stat(file))) {
		throw ofStore(
			l10n.t(
				'There are no topics beside the store {0}: its folder has no {1}. Name the store in the folder that Show Storage Status shows',
				name,
				indexName,
			),
		);
	}
	// Setting aside, locking and replacing the index, and reading articles, is what a rebuild begins with.
	const refuse = () =>
		Promise.reject(
			ofStore(
				l10n.t(
					'The topics beside the store {0} cannot be used: they are damaged or of another version. Open their workspace in VS Code, which rebuilds them',
					name,
				),
			),
		);
	return openTopicIndex({
		file,
		database: async () => topicDatabases(await loadSqlJs()),
		files: { ...nodeFiles, move: refuse, lock: refuse, replace: refuse },
		realPath: refuse,
	});
}

function ofStore(message: string): AppError {
	return new AppError('validation', message, { info: { field: 'store' } });
}

function noTopics(): AppError {
	const message = l10n.t(
		'The suite or its prompt has a topic, and the articles of topics are in the editor only. Name its store with --store, run the suite in VS Code, or leave out the topic and write "tools:" with the results that the model should get',
	);
	return new AppError('validation', message, { info: { field: 'topic' } });
}
