import { incompleteBeta } from './incompleteBeta.ts';
import { rootOfFalling } from './rootOfFalling.ts';

/**
 * The value that Student's t with `df` degrees of freedom stays below with probability `p` (Student 1908), 0 < p < 1. From
 * the tail as an incomplete beta function (Abramowitz and Stegun 26.7.1), inverted by bisection.
 */
export function studentQuantile(p: number, df: number): number {
	if (p < 0.5) {
		return -studentQuantile(1 - p, df);
	}
	// In y = 1 - df / (df + t²), which is between 0 and 1; the tail falls in it.
	const tail = (y: number) => incompleteBeta(1 - y, df / 2, 0.5) / 2;
	const y = rootOfFalling(tail, 1 - p, [0, 1]);
	return Math.sqrt((df * y) / (1 - y));
}
