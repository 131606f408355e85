import * as l10n from '@vscode/l10n';
import type { Comparison, RatedVariant } from '../../common/comparison.ts';
import { AppError } from '../../common/errors.ts';
import { passRate } from '../../statistics/passRate.ts';
import { compareSides, compareStrands } from './compareSides.ts';
import type { Strand } from './pairCases.ts';
import { type ComparableRun, type ComparableTrial, type Side, ratedSide, sideOf, verdictCounts } from './side.ts';

/** A run with its trials. */
export interface RunWithTrials {
	run: ComparableRun;
	trials: readonly ComparableTrial[];
}

/** Two variants of a run, by label or position. Rejects as `sideOf` and `compareSides` do. */
export function compareVariants({ run, trials }: RunWithTrials, a: string | number, b: string | number): Comparison {
	return compareSides(sideOf(run, a, trials), sideOf(run, b, trials));
}

/**
 * Run B against run A. Variants are paired by label; two runs of one variant each are compared whatever their labels are. The
 * built-in guide is left out. Rejects with `validation` if no variants match or no case can be compared.
 */
export function compareRuns(a: RunWithTrials, b: RunWithTrials): Comparison {
	const [sidesOfA, sidesOfB] = [modelSides(a), modelSides(b)];
	const [onlyA, onlyB] = [sidesOfA[0], sidesOfB[0]];
	if (onlyA && onlyB && sidesOfA.length === 1 && sidesOfB.length === 1) {
		return compareSides(onlyA, onlyB);
	}
	const strands = sidesOfA.flatMap((side): Strand[] => {
		const other = sidesOfB.find(({ label }) => label === side.label);
		return other ? [{ a: side, b: other }] : [];
	});
	const [first] = strands;
	if (!first) {
		const none = sidesOfA.length === 0 || sidesOfB.length === 0;
		throw new AppError(
			'validation',
			none
				? l10n.t('A run without answers of a model cannot be compared')
				: l10n.t('The runs have no variant in common, and more than one each'),
		);
	}
	return strands.length === 1
		? compareSides(first.a, first.b)
		: compareStrands(
				strands,
				ratedTogether(strands.map((strand) => strand.a)),
				ratedTogether(strands.map((strand) => strand.b)),
			);
}

function modelSides({ run, trials }: RunWithTrials): Side[] {
	return run.variants.filter(({ isModel }) => isModel).map(({ label }) => sideOf(run, label, trials));
}

/** Several variants as one: the answers of all of them to a case are one cluster. */
function ratedTogether(sides: readonly Side[]): RatedVariant {
	const hashes = new Set(sides.flatMap(({ cases }) => [...cases.keys()]));
	const counts = [...hashes].map((hash) => verdictCounts(sides.flatMap(({ cases }) => cases.get(hash) ?? [])));
	const { passed, of, rate, interval } = passRate(counts);
	const errors = sides.reduce((sum, side) => sum + ratedSide(side).errors, 0);
	return { label: sides.map(({ label }) => label).join(', '), passed, of, errors, rate, interval };
}
