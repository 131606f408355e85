import * as l10n from '@vscode/l10n';
import { Worker } from 'node:worker_threads';
import { AppError, throwIfAborted, type ErrorCode, type ErrorInfo } from '../../common/errors.ts';
import type { ImportSource, ReadImport, ReadProgress } from './readImports.ts';

export interface ImportWorkerData {
	source: ImportSource;
	/** The texts of the display language; without them, errors and reports are in English. */
	texts?: Record<string, string> | undefined;
}

export type ImportWorkerMessage =
	| { type: 'progress'; progress: ReadProgress }
	| { type: 'done'; files: ReadImport[] }
	| { type: 'failed'; error: { code: ErrorCode; message: string; info: ErrorInfo } };

/** In MB: what a hostile file may take of the machine. */
const maxMemory = 1_024;

/**
 * Reads files in a thread that is ended when the signal aborts, however long a file takes, and that cannot take more than
 * its memory.
 */
export async function readInWorker(
	workerData: ImportWorkerData,
	{ signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: (progress: ReadProgress) => void } = {},
): Promise<ReadImport[]> {
	throwIfAborted(signal);
	const worker = new Worker(new URL('./importWorker.ts', import.meta.url), {
		workerData,
		name: 'import',
		resourceLimits: { maxOldGenerationSizeMb: maxMemory },
	});
	let abort: (() => void) | undefined;
	const files = new Promise<ReadImport[]>((resolve, reject) => {
		abort = () => reject(new AppError('cancelled', 'Cancelled'));
		signal?.addEventListener('abort', abort, { once: true });
		worker.on('message', (message: ImportWorkerMessage) => {
			if (message.type === 'progress') {
				onProgress?.(message.progress);
			} else if (message.type === 'done') {
				resolve(message.files);
			} else {
				const { code, message: text, info } = message.error;
				reject(new AppError(code, text, { info }));
			}
		});
		worker.on('error', (cause: Error) => {
			const isTooLarge = 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
			reject(
				isTooLarge
					? new AppError('validation', l10n.t('The files need too much memory. Import fewer of them'), {
							cause,
						})
					: new AppError('internal', cause.message, { cause }),
			);
		});
		worker.on('exit', () => reject(new AppError('internal', l10n.t('The import ended without a result'))));
	});
	try {
		return await files;
	} finally {
		if (abort) {
			signal?.removeEventListener('abort', abort);
		}
		await worker.terminate();
	}
}
