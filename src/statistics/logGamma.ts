// Lanczos' approximation with g = 7 and nine terms (coefficients of Godfrey 2001), exact to about 15 digits.
const coefficients = [
	0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
	12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Natural logarithm of the gamma function, for x above 0. */
export function logGamma(x: number): number {
	if (x < 0.5) {
		return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
	}
	const sum = coefficients.reduce((total, term, index) => total + (index === 0 ? term : term / (x - 1 + index)), 0);
	const t = x + 6.5;
	return Math.log(Math.sqrt(2 * Math.PI) * sum) + (x - 0.5) * Math.log(t) - t;
}
