import { Worker } from 'node:worker_threads';
import type { SnapshotBuilder, SnapshotOutcome, SnapshotRequest } from './buildSnapshot.ts';

/** The worker's input. */
export interface SnapshotTask {
	/** Bytes of sql.js' `sql-wasm.wasm`. */
	wasm: Uint8Array;
	request: SnapshotRequest;
}

/** The only message that the worker sends. `code`: the system's error code, such as ENOSPC. */
export type SnapshotAnswer = { outcome: SnapshotOutcome } | { message: string; code: string | undefined };

/**
 * Builds each snapshot in a thread of its own, which then ends and frees its memory. Rejects if the thread does not start
 * or dies.
 *
 * @param loadWasm loads the bytes of sql.js' `sql-wasm.wasm`; called for every snapshot
 */
export function snapshotWorker(loadWasm: () => Promise<Uint8Array>): SnapshotBuilder {
	return async (request) => {
		const workerData: SnapshotTask = { wasm: await loadWasm(), request };
		const worker = new Worker(new URL('./snapshotWorker.ts', import.meta.url), { workerData, name: 'snapshot' });
		const answer = await new Promise<SnapshotAnswer>((resolve) => {
			let received: SnapshotAnswer | undefined;
			worker.on('message', (message: SnapshotAnswer) => (received = message));
			worker.on('error', ({ message }: Error) => (received ??= { message, code: undefined }));
			worker.on('exit', (exitCode) => {
				const message = `The thread that writes snapshots ended with code ${exitCode}`;
				resolve(received ?? { message, code: undefined });
			});
		});
		if ('outcome' in answer) {
			return answer.outcome;
		}
		throw Object.assign(new Error(answer.message), answer.code !== undefined && { code: answer.code });
	};
}
