import { parentPort, workerData } from 'node:worker_threads';
import initSqlJs from 'sql.js';
import { topicDatabases } from '../topics/index/topicEngine.ts';
import { serveTopics } from '../topics/serveTopics.ts';
import type { TopicWorkerData } from './startTopicWorker.ts';

// Entry point of the worker thread that holds the topic index.
if (parentPort) {
	const { wasm, file } = workerData as TopicWorkerData;
	serveTopics(parentPort, file, async () => topicDatabases(await initSqlJs({ wasmBinary: wasm.slice().buffer })));
}
