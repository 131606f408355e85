import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { errorCode } from '../disk/files.ts';

function systemReason(code: string | undefined): string | undefined {
	switch (code) {
		case 'ENOSPC':
			return l10n.t('The disk is full. Free some space and save again.');
		case 'EDQUOT':
			return l10n.t('Your disk quota is used up. Free some space and save again.');
		case 'EACCES':
		case 'EPERM':
			return l10n.t('Permission for the storage folder is missing. Check who owns it.');
		case 'EROFS':
			return l10n.t('The storage folder is on a read-only file system. Export your data to keep changes.');
		case 'EIO':
			return l10n.t('The disk reported an error. Export your data to another disk and check this one.');
		case 'ENOENT':
			return l10n.t('The storage folder was removed while it was in use. Save again to write everything.');
		case 'EMFILE':
			return l10n.t('Too many files are open. Close some windows and save again.');
		default:
			return undefined;
	}
}

/** Why a store of a newer version can only be read. */
export function newerSchemaReason(): string {
	return l10n.t('The store was written by a newer version of Prompt Workshop. Update the extension to change it.');
}

const permissionCodes = new Set(['EACCES', 'EPERM', 'EROFS']);

export function isPermissionError(error: unknown): boolean {
	return permissionCodes.has(errorCode(error) ?? '');
}

/** The storage folder, or the whole store in it, is gone. */
export function emptiedFolder(): Error {
	return Object.assign(new Error('The storage folder was emptied'), { code: 'ENOENT' });
}

/** What happened and what to do, for people. */
export function failureReason(error: unknown): string {
	if (error instanceof AppError) {
		return error.message;
	}
	return (
		systemReason(errorCode(error)) ??
		l10n.t('The storage reported an error: {0}', error instanceof Error ? error.message : String(error))
	);
}

/** The error of a write that changed nothing and can be tried again. */
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
