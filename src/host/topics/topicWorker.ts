import * as l10n from '@vscode/l10n';
import { parentPort, workerData } from 'node:worker_threads';
import { startSqlJs } from '../../storage/startSqlJs.ts';
import { topicDatabases } from '../../topics/index/topicEngine.ts';
import { serveTopics } from '../../topics/serveTopics.ts';
import type { TopicWorkerData } from './startTopicWorker.ts';

// Entry point of the worker thread that holds the topic index.
if (parentPort) {
	const { wasm, file, texts } = workerData as TopicWorkerData;
	l10n.config({ contents: texts ?? {} });
	serveTopics(parentPort, file, async () => topicDatabases(await startSqlJs({ wasmBinary: wasm.slice().buffer })));
}
