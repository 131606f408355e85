import { AppError } from '../common/errors.ts';

/** What the user has to change; the process ends with code 2. */
export function usageError(message: string, field = 'arguments'): AppError {
	return new AppError('validation', message, { info: { field } });
}
