import * as l10n from '@vscode/l10n';
import type { Comparison } from '../../common/comparison.ts';
import { toAppError } from '../../common/errors.ts';
import { groupBy } from '../../common/groupBy.ts';
import { isBetween } from '../blind/isBetween.ts';
import { preferenceOf, swapped } from '../blind/preferenceOf.ts';
import type { StoredRatings } from '../blind/ratingFiles.ts';
import type { SuiteContext } from '../suiteContext.ts';

/**
 * Adds to a comparison of stored runs what the user's own blind ratings of the same variants have come to, if there are any.
 * Ratings that cannot be read are a note of it.
 */
export async function withPreference(
	{ files }: Pick<SuiteContext, 'files'>,
	comparison: Comparison,
	{ a, b }: { a: string; b: string },
): Promise<Comparison> {
	const notes: string[] = [];
	const read = (runId: string) =>
		files
			.ratings(runId)
			.read()
			.catch((thrown: unknown) => {
				notes.push(l10n.t('Your blind ratings are left out. {0}', toAppError(thrown).message));
				return [];
			});
	const sessions = (await Promise.all([...new Set([a, b])].map(read))).flat();
	const found = addPreference(comparison, { a, b }, sessions);
	return notes.length === 0 ? found : { ...found, notes: [...found.notes, ...notes] };
}

/** The same with the ratings of the runs at hand. `a` and `b`: ids of the runs of the two sides. */
export function addPreference(
	comparison: Comparison,
	{ a, b }: { a: string; b: string },
	sessions: readonly StoredRatings[],
): Comparison {
	const sideA = { runId: a, variant: comparison.a.label };
	const sideB = { runId: b, variant: comparison.b.label };
	const ratings = sessions.flatMap((one) =>
		isBetween(one, sideA, sideB) ? one.ratings : isBetween(one, sideB, sideA) ? one.ratings.map(swapped) : [],
	);
	if (ratings.length === 0) {
		return comparison;
	}
	const counts = new Map([...groupBy(ratings, ({ hash }) => hash)].map(([hash, own]) => [hash, own.length]));
	const preference = preferenceOf(ratings, counts);
	return { ...comparison, preference, notes: [...comparison.notes, `${preference.sentence}.`] };
}
