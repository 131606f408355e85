import * as l10n from '@vscode/l10n';
import type { RatedPreference } from '../../common/comparison.ts';
import { groupBy } from '../../common/groupBy.ts';
import { compareAlwaysValid } from '../../statistics/alwaysValid.ts';
import { pointsText } from '../../statistics/pointsText.ts';
import type { BlindRating } from './ratingFiles.ts';

const values = { a: -1, b: 1, tie: 0 } as const;
const words = { 1: 'better', 0: 'not-told-apart', [-1]: 'worse' } as const;

/**
 * What blind ratings have come to, B against A: the share that prefers B less that which prefers A, with an interval that is
 * valid at every look, because the user sees it after each rating. A case with several pairs counts once all of them are
 * rated. `pairs`: how many each case has, by hash. `names`: what the sentence calls A and B.
 */
export function preferenceOf(
	ratings: readonly BlindRating[],
	pairs: ReadonlyMap<string, number>,
	names: readonly [string, string] = ['A', 'B'],
): RatedPreference {
	const cases = [...groupBy(ratings, ({ hash }) => hash)].filter(
		([hash, own]) => own.length >= (pairs.get(hash) ?? 0),
	);
	const differences = cases.map(([, own]) => own.reduce((sum, { choice }) => sum + values[choice], 0) / own.length);
	const { difference, interval, pValue, verdict } = compareAlwaysValid(differences);
	const count = (choice: BlindRating['choice']) => ratings.filter((rating) => rating.choice === choice).length;
	const found = {
		ratings: ratings.length,
		cases: cases.length,
		preferA: count('a'),
		preferB: count('b'),
		ties: count('tie'),
		same: ratings.filter(({ isSame }) => isSame).length,
		difference,
		interval,
		pValue,
		verdict: words[verdict],
	};
	return { ...found, sentence: sentenceOf(found, names) };
}

/** The same ratings with A and B changed over. */
export function swapped(rating: BlindRating): BlindRating {
	const other = { a: 'b', b: 'a', tie: 'tie' } as const;
	return { ...rating, left: rating.left === 'a' ? 'b' : 'a', choice: other[rating.choice] };
}

function sentenceOf(
	{ verdict, difference, interval, preferA, preferB, ties }: Omit<RatedPreference, 'sentence'>,
	[a, b]: readonly [string, string],
): string {
	const numbers = l10n.t(
		'{0} points ({1} to {2}), {3} for {4}, {5} for {6}, {7}',
		pointsText(difference, { plus: true }),
		pointsText(interval[0]),
		pointsText(interval[1]),
		preferB,
		b,
		preferA,
		a,
		ties === 1 ? l10n.t('1 tie') : l10n.t('{0} ties', ties),
	);
	switch (verdict) {
		case 'better':
			return l10n.t('Blind ratings prefer {0}: {1}', b, numbers);
		case 'worse':
			return l10n.t('Blind ratings prefer {0}: {1}', a, numbers);
		case 'not-told-apart':
			return l10n.t('Blind ratings do not tell {0} and {1} apart: {2}', a, b, numbers);
	}
}
