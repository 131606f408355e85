import { Worker } from 'node:worker_threads';
import type { WorkerPort } from '../../topics/remoteTopicService.ts';

export interface TopicWorkerData {
	/** Bytes of sql.js' `sql-wasm.wasm`. */
	wasm: Uint8Array;
	/** Absolute path of the index database. */
	file: string;
	/** The texts of the display language, for the errors that it raises; without them they are in English. */
	texts?: Record<string, string> | undefined;
}

/** Starts the thread of the topic index. */
export function startTopicWorker(workerData: TopicWorkerData): WorkerPort {
	return new Worker(new URL('./topicWorker.ts', import.meta.url), { workerData, name: 'topic index' });
}
