import type { RatedSide, StoredRatings } from './ratingFiles.ts';

/** Whether ratings are of these two variants, in this order. */
export function isBetween(ratings: Pick<StoredRatings, 'a' | 'b'>, a: RatedSide, b: RatedSide): boolean {
	return isSame(ratings.a, a) && isSame(ratings.b, b);
}

function isSame(one: RatedSide, other: RatedSide): boolean {
	return one.runId === other.runId && one.variant === other.variant;
}
