import * as path from 'node:path';
import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { newFile } from './fileExists.ts';
import { isInside, realPath } from '../../disk/realPath.ts';

/**
 * Converts a location to a file URI. The product reads and writes on disk, so only file URIs and absolute paths are
 * accepted.
 */
export function toFileUri(location: unknown): vscode.Uri {
	if (location instanceof vscode.Uri && location.scheme === 'file') {
		return location;
	}
	if (typeof location === 'string' && location.startsWith('file:')) {
		return vscode.Uri.parse(location, true);
	}
	if (typeof location === 'string' && path.isAbsolute(location)) {
		return vscode.Uri.file(location);
	}
	throw new AppError('validation', vscode.l10n.t('Give the folder or file as an absolute path or a file: URI'), {
		info: { field: 'uri' },
	});
}

/**
 * The real path of a location, to be determined when reading or writing and used instead of the given path. Files of an
 * untrusted workspace are neither read into the product nor written. A path through such a workspace is refused
 * wherever its links lead, because the workspace controls them.
 *
 * @throws AppError `access-denied`, or `validation` if the path cannot be resolved
 */
export async function trustedPath(location: string): Promise<string> {
	const real = await realPath(location).catch((cause: Error) => {
		const message = vscode.l10n.t('{0} cannot be resolved: {1}', location, cause.message);
		throw new AppError('validation', message, { cause, info: { field: 'uri' } });
	});
	if (!vscode.workspace.isTrusted) {
		for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
			const folders = uri.scheme === 'file' ? [uri.fsPath, await realPath(uri.fsPath)] : [];
			if (folders.some((folder) => isInside(real, folder) || isInside(path.resolve(location), folder))) {
				throw notTrusted();
			}
		}
	}
	return real;
}

/** Like `trustedPath`, for any URI. URIs other than files are refused if they are in an untrusted workspace. */
export async function trustedUri(uri: vscode.Uri): Promise<vscode.Uri> {
	if (uri.scheme === 'file') {
		return vscode.Uri.file(await trustedPath(uri.fsPath));
	}
	if (!vscode.workspace.isTrusted && vscode.workspace.getWorkspaceFolder(uri)) {
		throw notTrusted();
	}
	return uri;
}

/** Like `trustedUri`, for a location that a caller names to write to: also refused if something exists there. */
export async function freeUri(uri: vscode.Uri): Promise<vscode.Uri> {
	return newFile(await trustedUri(uri));
}

/**
 * The text of a UTF-8 file. Throws `validation` for other encodings, so that nothing is stored that differs from the
 * file.
 */
export async function readTextFile(uri: vscode.Uri, maxBytes = Infinity): Promise<string> {
	const file = await trustedUri(uri);
	if ((await vscode.workspace.fs.stat(file)).size > maxBytes) {
		throw new AppError(
			'validation',
			vscode.l10n.t('{0} is larger than the limit of {1} MB', uri.path, maxBytes / 1024 / 1024),
		);
	}
	const bytes = await vscode.workspace.fs.readFile(file);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch (cause) {
		throw new AppError('validation', vscode.l10n.t('{0} is not UTF-8 text. Save it as UTF-8 first', uri.path), {
			cause,
		});
	}
}

function notTrusted(): AppError {
	return new AppError(
		'access-denied',
		vscode.l10n.t(
			'This workspace is not trusted, so files cannot be imported from it or written to it. Trust the workspace, or choose a location outside it',
		),
	);
}
