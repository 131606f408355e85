import * as l10n from '@vscode/l10n';
import { parentPort, workerData } from 'node:worker_threads';
import { toAppError } from '../../common/errors.ts';
import { readImports } from './readImports.ts';
import type { ImportWorkerData, ImportWorkerMessage } from './startImportWorker.ts';

// Entry point of the thread that reads files of other tools.
if (parentPort) {
	const port = parentPort;
	const { source, texts } = workerData as ImportWorkerData;
	const post = (message: ImportWorkerMessage) => port.postMessage(message);
	l10n.config({ contents: texts ?? {} });
	readImports(source, (progress) => post({ type: 'progress', progress })).then(
		(files) => post({ type: 'done', files }),
		(thrown: unknown) => {
			const { code, message, info } = toAppError(thrown);
			post({ type: 'failed', error: { code, message, info } });
		},
	);
}
