import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { errorCode } from '../../disk/files.ts';

function reasonOf(error: unknown): string {
	switch (errorCode(error)) {
		case 'ENOSPC':
		case 'EDQUOT':
			return l10n.t('The disk is full. Free some space and resume the run.');
		case 'EACCES':
		case 'EPERM':
		case 'EROFS':
			return l10n.t('The storage folder cannot be written. Check its permissions and resume the run.');
		default:
			return l10n.t('The storage reported an error: {0}', error instanceof Error ? error.message : String(error));
	}
}

export function newerRun(): AppError {
	return new AppError(
		'storage',
		l10n.t('This run was written by a newer version of Prompt Workshop; update the extension.'),
	);
}

/** The error of a run whose files could not be read or written; an `AppError` passes unchanged. */
export function storageFailure(what: string, error: unknown): AppError {
	return error instanceof AppError
		? error
		: new AppError('storage', `${what} ${reasonOf(error)}`, { cause: error, info: { retryable: true } });
}
