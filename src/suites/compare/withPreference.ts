import type { Comparison } from '../../common/comparison.ts';
import { groupBy } from '../../common/groupBy.ts';
import { preferenceOf, swapped } from '../blind/preferenceOf.ts';
import type { RatedSide, StoredRatings } from '../blind/ratingFiles.ts';
import type { SuiteContext } from '../suiteContext.ts';

/** Adds to a comparison of stored runs what the user's own blind ratings of the same variants have come to, if there are any. */
export async function withPreference(
	{ files }: Pick<SuiteContext, 'files'>,
	comparison: Comparison,
	{ a, b }: { a: string; b: string },
): Promise<Comparison> {
	const sessions = (await Promise.all([...new Set([a, b])].map((runId) => files.ratings(runId).read()))).flat();
	return addPreference(comparison, { a, b }, sessions);
}

/** The same with the ratings of the runs at hand. `a` and `b`: ids of the runs of the two sides. */
export function addPreference(
	comparison: Comparison,
	{ a, b }: { a: string; b: string },
	sessions: readonly StoredRatings[],
): Comparison {
	const sides = [
		{ runId: a, variant: comparison.a.label },
		{ runId: b, variant: comparison.b.label },
	] as const;
	const isSide = (one: RatedSide, other: RatedSide) => one.runId === other.runId && one.variant === other.variant;
	const ratings = sessions.flatMap((one) =>
		isSide(one.a, sides[0]) && isSide(one.b, sides[1])
			? one.ratings
			: isSide(one.a, sides[1]) && isSide(one.b, sides[0])
				? one.ratings.map(swapped)
				: [],
	);
	if (ratings.length === 0) {
		return comparison;
	}
	const counts = new Map([...groupBy(ratings, ({ hash }) => hash)].map(([hash, own]) => [hash, own.length]));
	const preference = preferenceOf(ratings, counts);
	return { ...comparison, preference, notes: [...comparison.notes, `${preference.sentence}.`] };
}
