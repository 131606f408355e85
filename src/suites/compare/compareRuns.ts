import * as l10n from '@vscode/l10n';
import type { Comparison } from '../../common/comparison.ts';
import { AppError } from '../../common/errors.ts';
import { comparePairs, compareSides } from './compareSides.ts';
import { pairCases, type SidePair } from './pairCases.ts';
import { type ComparableRun, type ComparableTrial, type Side, sideOf } from './side.ts';

/** A run with its trials. */
export interface RunWithTrials {
	run: ComparableRun;
	trials: readonly ComparableTrial[];
}

/** Comparisons that are adjusted for each other, and the variants that are in none of them. */
export interface Comparisons {
	comparisons: Comparison[];
	leftOut: string[];
}

/** Two variants of a run, by label or position. Rejects as `sideOf` and `compareSides` do. */
export function compareVariants({ run, trials }: RunWithTrials, a: string | number, b: string | number): Comparison {
	return compareSides(sideOf(run, a, trials), sideOf(run, b, trials));
}

/**
 * Run B against run A, variant by variant: those of the same label are compared, adjusted with Holm, and the others are named.
 * Two runs of one variant each are compared whatever their labels are. The built-in guide is left out. Rejects with
 * `validation` if no variants match or no case can be compared.
 */
export function compareRunVariants(a: RunWithTrials, b: RunWithTrials): Comparisons {
	const [sidesOfA, sidesOfB] = [modelSides(a), modelSides(b)];
	const [onlyA, onlyB] = [sidesOfA[0], sidesOfB[0]];
	if (onlyA && onlyB && sidesOfA.length === 1 && sidesOfB.length === 1) {
		return { comparisons: [compareSides(onlyA, onlyB)], leftOut: [] };
	}
	const pairs = sidesOfA.flatMap((side): SidePair[] => {
		const other = sidesOfB.find(({ label }) => label === side.label);
		return other ? [{ a: side, b: other }] : [];
	});
	if (pairs.length === 0) {
		const none = sidesOfA.length === 0 || sidesOfB.length === 0;
		throw new AppError(
			'validation',
			none
				? l10n.t('A run without answers of a model cannot be compared')
				: l10n.t('The runs have no variant in common, and more than one each'),
		);
	}
	return comparedPairs(pairs, [...sidesOfA, ...sidesOfB]);
}

/** Compares what can be compared of pairs, and names the other sides. With nothing to compare, the rule says why. */
export function comparedPairs(pairs: readonly SidePair[], sides: readonly Side[]): Comparisons {
	const known = pairs.map((pair) => ({ ...pair, cases: pairCases(pair) }));
	const paired = known.filter(({ cases }) => cases.paired.length > 0);
	const compared = paired.length > 0 ? paired : known.slice(0, 1);
	const left = sides.filter((side) => !compared.some(({ a, b }) => a === side || b === side));
	return { comparisons: comparePairs(compared), leftOut: [...new Set(left.map(({ label }) => label))] };
}

/**
 * `compareRunVariants` as one comparison: that of the first variant, with those of the `others`. Its sentence says what each of
 * them came to, and its notes name the variants that only one run has.
 */
export function compareRuns(a: RunWithTrials, b: RunWithTrials): Comparison {
	const { comparisons, leftOut } = compareRunVariants(a, b);
	const [first, ...others] = comparisons;
	if (!first) {
		throw new AppError('internal', 'A comparison without variants');
	}
	const notes = [
		...first.notes,
		...(leftOut.length > 0 ? [l10n.t('Not compared, since there is no counterpart: {0}', leftOut.join(', '))] : []),
	];
	if (others.length === 0) {
		return { ...first, notes };
	}
	const sentence = comparisons.map((one) => l10n.t('{0}: {1}', one.b.label, one.sentence)).join(' ');
	return { ...first, notes, sentence, others };
}

function modelSides({ run, trials }: RunWithTrials): Side[] {
	return run.variants.filter(({ isModel }) => isModel).map(({ label }) => sideOf(run, label, trials));
}
