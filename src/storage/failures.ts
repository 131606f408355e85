import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { errorCode } from '../disk/files.ts';

const reasons: Record<string, string> = {
	ENOSPC: 'The disk is full. Free some space and save again.',
	EDQUOT: 'Your disk quota is used up. Free some space and save again.',
	EACCES: 'Permission for the storage folder is missing. Check who owns it.',
	EPERM: 'Permission for the storage folder is missing. Check who owns it.',
	EROFS: 'The storage folder is on a read-only file system. Export your data to keep changes.',
	EIO: 'The disk reported an error. Export your data to another disk and check this one.',
	ENOENT: 'The storage folder has been removed while it was in use. Save again to write everything.',
	EMFILE: 'Too many files are open. Close some windows and save again.',
};

export const newerSchemaReason =
	'The store was written by a newer version of Prompt Workshop. Update the extension to change it.';

const permissionCodes = new Set(['EACCES', 'EPERM', 'EROFS']);

export function isPermissionError(error: unknown): boolean {
	return permissionCodes.has(errorCode(error) ?? '');
}

/** The storage folder, or all of the store in it, is gone. */
export function emptiedFolder(): Error {
	return Object.assign(new Error('The storage folder was emptied'), { code: 'ENOENT' });
}

/** What happened and what to do, for people. */
export function failureReason(error: unknown): string {
	if (error instanceof AppError) {
		return error.message;
	}
	const code = errorCode(error);
	return (
		reasons[code ?? ''] ??
		`The storage reported an error: ${error instanceof Error ? error.message : String(error)}`
	);
}

/** Nothing was changed; the same can be tried again. */
export function notSaved(error: unknown): AppError {
	return new AppError('storage', l10n.t('Not saved. {0}', failureReason(error)), {
		cause: error,
		info: { retryable: true },
	});
}

/** True when sql.js itself has crashed (out of memory, wasm trap): its databases are gone. */
export function isEngineAbort(error: unknown): boolean {
	return (
		error instanceof Error &&
		(error.name === 'RuntimeError' || /abort\(|memory access|out of memory/i.test(error.message))
	);
}
