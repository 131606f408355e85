import * as l10n from '@vscode/l10n';
import { Worker } from 'node:worker_threads';
import type { SnapshotBuilder, SnapshotOutcome, SnapshotRequest } from './buildSnapshot.ts';

/** The worker's input. */
export interface SnapshotTask {
	/** Bytes of sql.js' `sql-wasm.wasm`. */
	wasm: Uint8Array;
	request: SnapshotRequest;
	/** The texts of the display language. */
	texts: Record<string, string> | undefined;
}

/** The only message that the worker sends. `code`: the system's error code, such as ENOSPC. */
export type SnapshotAnswer = { outcome: SnapshotOutcome } | { message: string; code: string | undefined };

/**
 * Builds each snapshot in a thread of its own, which then ends and frees its memory. Rejects if the thread does not start
 * or dies.
 *
 * @param loadWasm loads the bytes of sql.js' `sql-wasm.wasm`; called for every snapshot
 * @param texts those of the display language, for what the thread reports; without them it is in English
 */
export function snapshotWorker(loadWasm: () => Promise<Uint8Array>, texts?: Record<string, string>): SnapshotBuilder {
	return async (request) => {
		const workerData: SnapshotTask = { wasm: await loadWasm(), request, texts };
		const worker = new Worker(new URL('./snapshotWorker.ts', import.meta.url), { workerData, name: 'snapshot' });
		const answer = await new Promise<SnapshotAnswer>((resolve) => {
			let received: SnapshotAnswer | undefined;
			worker.on('message', (message: SnapshotAnswer) => (received = message));
			worker.on('error', ({ message }: Error) => (received ??= { message, code: undefined }));
			worker.on('exit', (exitCode) => {
				const message = l10n.t('The thread that writes snapshots ended with code {0}', exitCode);
				resolve(received ?? { message, code: undefined });
			});
		});
		if ('outcome' in answer) {
			return answer.outcome;
		}
		throw Object.assign(new Error(answer.message), answer.code !== undefined && { code: answer.code });
	};
}
