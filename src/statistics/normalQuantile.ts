import { erfc } from './erfc.ts';

/**
 * The value that a standard normal variable stays below with probability `p`, 0 < p < 1. Begins with Abramowitz and Stegun
 * 26.2.23 (error below 4.5e-4) and refines it by Halley's method to the last digits. For an upper tail use
 * `-normalQuantile(tail)`, which keeps the digits of a small tail.
 */
export function normalQuantile(p: number): number {
	if (p > 0.5) {
		return -normalQuantile(1 - p);
	}
	const t = Math.sqrt(-2 * Math.log(p));
	let x = -t + (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
	for (let step = 0; step < 3; step++) {
		const excess = erfc(-x / Math.SQRT2) / 2 - p;
		const move = excess * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
		x -= move / (1 + (x * move) / 2);
	}
	return x;
}
