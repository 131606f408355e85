import { createReadStream } from 'node:fs';
import * as vscode from 'vscode';
import { AppError } from '../../../common/errors.ts';
import { readRunDocument, type RunDocument } from '../../../suites/export/readRunDocument.ts';
import { trustedPath } from '../../kit/places.ts';

/** Characters that are read at once. */
const pieceLength = 1024 * 1024;

/** Reads the JSON report of a run. Rejects with `validation`, which names the file, and with `access-denied`. */
export async function openReportFile(uri: vscode.Uri): Promise<RunDocument> {
	const path = await trustedPath(uri.fsPath);
	try {
		return await readRunDocument(() => createReadStream(path, { encoding: 'utf8', highWaterMark: pieceLength }));
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new AppError('validation', `${vscode.workspace.asRelativePath(uri)}: ${reason}`, {
			cause,
			info: { field: 'report' },
		});
	}
}
