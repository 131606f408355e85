import { logGamma } from './logGamma.ts';

/** The regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun 26.5.8, Lentz' method). */
export function incompleteBeta(x: number, a: number, b: number): number {
	if (x <= 0 || x >= 1) {
		return x <= 0 ? 0 : 1;
	}
	// The fraction converges fast only on this side.
	if (x > (a + 1) / (a + b + 2)) {
		return 1 - incompleteBeta(1 - x, b, a);
	}
	const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
	const tiny = 1e-300;
	const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
	let c = 1;
	let d = 1 / away(1 - ((a + b) * x) / (a + 1));
	let fraction = d;
	for (let m = 1; m < 1_000; m++) {
		const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
		const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		let step = 1;
		for (const term of [even, odd]) {
			d = 1 / away(1 + term * d);
			c = away(1 + term / c);
			step = c * d;
			fraction *= step;
		}
		if (Math.abs(step - 1) < 1e-16) {
			break;
		}
	}
	return (front * fraction) / a;
}
