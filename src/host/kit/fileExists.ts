import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';

/** Rejects if the file cannot be examined, for example without permission. */
export async function fileExists(uri: vscode.Uri): Promise<boolean> {
	try {
		await vscode.workspace.fs.stat(uri);
		return true;
	} catch (error) {
		if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
			return false;
		}
		throw error;
	}
}

/**
 * Returns the URI, or throws `validation` if a file exists there: a location that a caller names is never overwritten.
 */
export async function newFile(uri: vscode.Uri): Promise<vscode.Uri> {
	if (await fileExists(uri)) {
		throw new AppError('validation', vscode.l10n.t('{0} already exists. Choose another location', uri.fsPath), {
			info: { field: 'uri' },
		});
	}
	return uri;
}
