import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { nodeFiles } from '../../disk/nodeFiles.ts';
import { placeFile } from '../../disk/placeFile.ts';
import { realPath } from '../../disk/realPath.ts';

/**
 * Writes a file for the user. On disk it is replaced atomically and missing folders are created. Elsewhere it is
 * written with VS Code's file system API.
 *
 * @throws AppError `storage` with the cause
 */
export async function writeAtomically(uri: vscode.Uri, content: string | Uint8Array): Promise<void> {
	const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
	try {
		if (uri.scheme !== 'file') {
			await vscode.workspace.fs.writeFile(uri, bytes);
			return;
		}
		// Replaces the target of a link, not the link itself.
		const place = await realPath(uri.fsPath);
		await mkdir(path.dirname(place), { recursive: true });
		await placeFile(nodeFiles, path.dirname(place), path.basename(place), bytes, { rights: 'shared' });
	} catch (cause) {
		throw notWritten(uri, cause);
	}
}

/**
 * Writes a new folder so that either all of its files appear at once or none do.
 *
 * @throws AppError `storage` with the cause
 */
export async function writeNewFolder(
	folder: vscode.Uri,
	files: readonly { path: string; text: string }[],
): Promise<void> {
	const { fs } = vscode.workspace;
	const unfinished = folder.with({ path: `${folder.path}.unfinished` });
	try {
		for (const file of files) {
			await fs.writeFile(vscode.Uri.joinPath(unfinished, file.path), new TextEncoder().encode(file.text));
		}
		await fs.rename(unfinished, folder, { overwrite: false });
	} catch (cause) {
		// A leftover has a name that says what it is; the first error matters more.
		await fs.delete(unfinished, { recursive: true }).then(undefined, () => undefined);
		throw notWritten(folder, cause);
	}
}

function notWritten(uri: vscode.Uri, cause: unknown): AppError {
	const reason = cause instanceof Error ? cause.message : String(cause);
	const place = uri.scheme === 'file' ? uri.fsPath : uri.toString();
	const message = vscode.l10n.t('Could not write {0}: {1}. Choose another location', place, reason);
	return new AppError('storage', message, { cause });
}
