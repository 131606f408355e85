import * as l10n from '@vscode/l10n';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type SnapshotOutcome, buildSnapshot } from './buildSnapshot.ts';
import { errorCode } from '../disk/files.ts';
import { nodeFiles } from '../disk/nodeFiles.ts';
import { startSqlJs } from './startSqlJs.ts';
import type { SnapshotAnswer, SnapshotTask } from './startSnapshotWorker.ts';

async function build({ wasm, request }: SnapshotTask): Promise<SnapshotOutcome> {
	return buildSnapshot(nodeFiles, await startSqlJs({ wasmBinary: wasm.slice().buffer }), request);
}

/** Entry point of the worker thread that builds one snapshot; after the answer nothing keeps it alive. */
async function answer(port: MessagePort, task: SnapshotTask): Promise<void> {
	let message: SnapshotAnswer;
	try {
		message = { outcome: await build(task) };
	} catch (error) {
		message = { message: error instanceof Error ? error.message : String(error), code: errorCode(error) };
	}
	port.postMessage(message);
}

if (parentPort) {
	const task = workerData as SnapshotTask;
	l10n.config({ contents: task.texts ?? {} });
	void answer(parentPort, task);
}
