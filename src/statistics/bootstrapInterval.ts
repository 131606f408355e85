import { seededRandom } from '../common/seededRandom.ts';

export interface BootstrapOptions {
	/** `percentile`: the limits of the resampled means. `basic`: the same, mirrored at the mean. */
	method: 'percentile' | 'basic';
	seed: number;
	/** Default 10,000. */
	resamples?: number;
	alpha?: number;
}

/**
 * Interval of a mean by drawing the values again and again (Efron 1979; Davison and Hinkley 1997). For experts and for scores
 * outside 0 to 1: with few values it is too narrow, and comparisons of scores are made by `effectiveCases`.
 */
export function bootstrapInterval(
	values: readonly number[],
	{ method, seed, resamples = 10_000, alpha = 0.05 }: BootstrapOptions,
): { estimate: number; low: number; high: number } {
	const random = seededRandom(seed);
	const estimate = values.reduce((sum, value) => sum + value, 0) / values.length;
	const means = new Float64Array(resamples);
	for (let resample = 0; resample < resamples; resample++) {
		let sum = 0;
		for (let draw = 0; draw < values.length; draw++) {
			sum += values[Math.floor(random() * values.length)] ?? 0;
		}
		means[resample] = sum / values.length;
	}
	means.sort();
	const at = (share: number) => means[Math.min(resamples - 1, Math.floor(share * resamples))] ?? estimate;
	const [low, high] = [at(alpha / 2), at(1 - alpha / 2)];
	return method === 'basic'
		? { estimate, low: 2 * estimate - high, high: 2 * estimate - low }
		: { estimate, low, high };
}
