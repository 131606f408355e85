import { toAppError } from '../common/errors.ts';
import type { Turn } from '../common/turn.ts';

/** What a run says at its end when one of its texts could not be stored; what it has answered stays. */
export function notKept(what: string, thrown: unknown): NonNullable<Turn['error']> {
	const { code, message } = toAppError(thrown);
	return { code, message: `${what}. ${message}`, retryable: false };
}
