import { AppError } from '../common/errors.ts';

/** Counts of cases are finite and not negative, but for the rounding of effective ones. Throws `internal`. */
export function checkCounts(counts: readonly number[]): void {
	if (!counts.every((count) => Number.isFinite(count) && count >= -1e-9)) {
		throw new AppError('internal', `Not numbers of cases: ${counts.join(', ')}`);
	}
}
