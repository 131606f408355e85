import type { RatedVariant } from '../../common/comparison.ts';
import { type ComparableRun, type ComparableTrial, ratedSide, sideOf } from './side.ts';

/** Every variant of a run with its pass rate; the built-in guide has counts and no rate. */
export function ratedVariants(run: ComparableRun, trials: readonly ComparableTrial[]): RatedVariant[] {
	return run.variants.map((variant) => {
		const rated = ratedSide(sideOf({ ...run, variants: [{ ...variant, isModel: true }] }, variant.label, trials));
		return variant.isModel ? rated : { ...rated, rate: null, interval: null };
	});
}
