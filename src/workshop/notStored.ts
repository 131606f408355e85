import { toAppError } from '../common/errors.ts';
import type { Turn } from '../common/turn.ts';

/** The error of a run when one of its texts could not be stored. The answer itself stays. */
export function notStored(what: string, thrown: unknown): NonNullable<Turn['error']> {
	const { code, message } = toAppError(thrown);
	return { code, message: `${what}. ${message}`, retryable: false };
}
