import { cohenKappa } from '../../../src/statistics/cohenKappa.ts';
import { erfc } from '../../../src/statistics/erfc.ts';
import { incompleteBeta } from '../../../src/statistics/incompleteBeta.ts';
import { krippendorffAlpha } from '../../../src/statistics/krippendorffAlpha.ts';
import { logGamma } from '../../../src/statistics/logGamma.ts';
import { mcnemar } from '../../../src/statistics/mcnemar.ts';
import { normalQuantile } from '../../../src/statistics/normalQuantile.ts';
import { rootOfFalling } from '../../../src/statistics/rootOfFalling.ts';
import { wilsonInterval } from '../../../src/statistics/wilsonInterval.ts';
import { close } from '../../support/statistics/close.ts';
import { oraclesOfOthers } from '../../support/statistics/oracles.ts';

// Published numbers of methods that the product does not offer, computed from the functions that its own methods are made of:
// each of these functions is tried in places where its own methods never use it.

type Limits = { lower: number; upper: number };
type Values = Record<string, number>;

/** Two-sided, 95 %. */
const z = -normalQuantile(0.025);
const normalBelow = (x: number) => erfc(-x / Math.SQRT2) / 2;
const logBeta = (a: number, b: number) => logGamma(a) + logGamma(b) - logGamma(a + b);
/** P(X <= k) of a binomial variable. */
const atMost = (k: number, n: number, p: number) => (k < 0 ? 0 : k >= n ? 1 : 1 - incompleteBeta(p, k + 1, n - k));
const probability = (k: number, n: number, p: number) =>
	Math.exp(-Math.log(n + 1) - logBeta(k + 1, n - k + 1) + k * Math.log(p) + (n - k) * Math.log(1 - p));
/** An upper tail of chi squared with one degree of freedom. */
const chiSquaredTail = (x: number) => erfc(Math.sqrt(x / 2));

/** Tests each row of a family whose rows say what they are a quantity of. */
function testQuantities(family: string, quantities: Record<string, (of: Values) => number>): void {
	for (const { id, inputs, outputs, tolerance } of oraclesOfOthers<Values & { quantity: string }, Values>(family)) {
		it(`${id}: ${inputs.quantity}`, () => {
			const [expected = NaN] = Object.values(outputs);
			close(quantities[inputs.quantity]?.(inputs) ?? NaN, expected, tolerance);
		});
	}
}

describe('published numbers of other methods: clopper-pearson', () => {
	for (const { id, inputs, outputs, tolerance } of oraclesOfOthers<
		{ k: number; n: number; confidence?: number; p0?: number; alternative?: string },
		Limits & { p: number }
	>('clopper-pearson')) {
		it(id, () => {
			const { k, n, confidence = NaN, p0, alternative } = inputs;
			if (p0 === undefined) {
				const tail = (1 - confidence) / 2;
				const lower = k === 0 ? 0 : rootOfFalling((p) => atMost(k - 1, n, p), 1 - tail, [0, 1]);
				close(lower, outputs.lower, tolerance);
				close(
					rootOfFalling((p) => atMost(k, n, p), tail, [0, 1]),
					outputs.upper,
					tolerance,
				);
				return;
			}
			const observed = probability(k, n, p0);
			const asRare = Array.from({ length: n + 1 }, (_, index) => probability(index, n, p0)).filter(
				(one) => one <= observed * (1 + 1e-7),
			);
			close(alternative === 'less' ? atMost(k, n, p0) : asRare.reduce((a, b) => a + b), outputs.p, tolerance);
		});
	}
});

describe('published numbers of other methods: wilson-interval', () => {
	for (const { id, inputs, outputs, tolerance } of oraclesOfOthers<
		{ k: number; n: number; confidence: number; continuityCorrection: boolean },
		Limits
	>('wilson-interval')) {
		it(id, () => {
			const { k, n, confidence, continuityCorrection } = inputs;
			if (!continuityCorrection) {
				close(wilsonInterval(k, n, 2 * (1 - confidence)).high, outputs.upper, tolerance);
				return;
			}
			const correction = Math.min(0.5, Math.abs(k - n / 2));
			close(wilsonInterval(k - correction, n, 1 - confidence).low, outputs.lower, tolerance);
			close(wilsonInterval(k + correction, n, 1 - confidence).high, outputs.upper, tolerance);
		});
	}
});

describe('published numbers of other methods: mcnemar', () => {
	for (const { id, inputs, outputs, tolerance } of oraclesOfOthers<
		{ b: number; c: number; continuityCorrection: boolean },
		{ chi2: number; p: number }
	>('mcnemar')) {
		it(id, () => {
			const { b, c, continuityCorrection } = inputs;
			const chi2 = (Math.abs(b - c) - (continuityCorrection ? 1 : 0)) ** 2 / (b + c);
			close(chi2, outputs.chi2, tolerance);
			close(chiSquaredTail(chi2), outputs.p, tolerance);
		});
	}
});

describe('published numbers of other methods: paired-difference', () => {
	for (const { id, inputs, outputs, tolerance } of oraclesOfOthers<
		{ method: string; both: number; onlyFirst: number; onlySecond: number; neither: number },
		Limits & Partial<{ difference: number; standardError: number; z2: number; exactP: number }>
	>('paired-difference')) {
		it(id, () => {
			const { method, both, onlyFirst, onlySecond, neither } = inputs;
			const [added, cases] = method === 'bonett-price-wald' ? [1, 2] : [0, 0];
			const n = both + onlyFirst + onlySecond + neither + cases;
			const [b, c] = [onlyFirst + added, onlySecond + added];
			const difference = (b - c) / n;
			const error = Math.sqrt(b + c - (b - c) ** 2 / n) / n;
			close(difference - z * error, outputs.lower, tolerance);
			close(difference + z * error, outputs.upper, tolerance);
			close(difference, outputs.difference ?? difference, tolerance);
			close(error, outputs.standardError ?? error, tolerance);
			close((b - c) ** 2 / (b + c), outputs.z2 ?? (b - c) ** 2 / (b + c), tolerance);
			const { exact } = mcnemar(onlyFirst, onlySecond);
			close(exact, outputs.exactP ?? exact, tolerance);
		});
	}
});

describe('published numbers of other methods: unpaired-difference', () => {
	type Arms = { k1: number; n1: number; k2: number; n2: number };
	const variance = (p: number, n: number) => (p * (1 - p)) / n;
	const wald = ({ k1, n1, k2, n2 }: Arms) => {
		const [p1, p2] = [k1 / n1, k2 / n2];
		const half = z * Math.sqrt(variance(p1, n1) + variance(p2, n2));
		return [p1 - p2 - half, p1 - p2 + half] as const;
	};
	const newcombe = ({ k1, n1, k2, n2 }: Arms) => {
		const [p1, p2] = [k1 / n1, k2 / n2];
		const [first, second] = [wilsonInterval(k1, n1), wilsonInterval(k2, n2)];
		const low = p1 - p2 - Math.hypot(p1 - first.low, second.high - p2);
		return [low, p1 - p2 + Math.hypot(first.high - p1, p2 - second.low)] as const;
	};
	/** The likeliest rates that differ by `delta`, and how far the observed difference is from it. */
	const score = ({ k1, n1, k2, n2 }: Arms) => {
		const distance = (delta: number) => {
			const slope = (p: number) => k1 / (p + delta) - (n1 - k1) / (1 - p - delta) + k2 / p - (n2 - k2) / (1 - p);
			const p2 = rootOfFalling(slope, 0, [Math.max(0, -delta), Math.min(1, 1 - delta)]);
			return (k1 / n1 - k2 / n2 - delta) / Math.sqrt(variance(p2 + delta, n1) + variance(p2, n2));
		};
		return [rootOfFalling(distance, z, [-1, 1]), rootOfFalling(distance, -z, [-1, 1])] as const;
	};
	const methods: Record<string, (arms: Arms) => readonly [number, number]> = {
		'newcombe-hybrid-score': newcombe,
		wald,
		'agresti-caffo': ({ k1, n1, k2, n2 }) => wald({ k1: k1 + 1, n1: n1 + 2, k2: k2 + 1, n2: n2 + 2 }),
		'score (Mee), no N/(N-1) factor': score,
	};
	for (const { id, inputs, outputs, tolerance } of oraclesOfOthers<Arms & { method: string }, Limits>(
		'unpaired-difference',
	)) {
		it(`${id}: ${inputs.method}`, () => {
			const [low = NaN, high = NaN] = methods[inputs.method]?.(inputs) ?? [];
			close(low, outputs.lower, tolerance);
			close(high, outputs.upper, tolerance);
		});
	}
});

describe('published numbers of other methods: kappa', () => {
	for (const { id, inputs, outputs, tolerance } of oraclesOfOthers<
		{ statistic: string; counts: number[][] },
		{ kappa: number }
	>('kappa')) {
		it(`${id}: ${inputs.statistic}`, () => {
			const units = inputs.counts.map((counts) =>
				counts.flatMap((count, category) => Array<number>(count).fill(category)),
			);
			const ratings = units.flat().length;
			// Alpha differs from Fleiss' kappa by a correction for few ratings only.
			const alpha = krippendorffAlpha(units, 'nominal') ?? NaN;
			const fleiss = (alpha - 1 / ratings) / (1 - 1 / ratings);
			if (inputs.statistic === 'fleiss') {
				close(fleiss, outputs.kappa, tolerance);
				return;
			}
			// Free marginals: chance is 1 / categories, and agreement is what alpha found it to be.
			const categories = inputs.counts[0]?.length ?? NaN;
			const shares = Array.from({ length: categories }, (_, category) => {
				const count = inputs.counts.reduce((sum, counts) => sum + (counts[category] ?? NaN), 0);
				return (count / ratings) ** 2;
			});
			const chance = shares.reduce((a, b) => a + b);
			const agreement = fleiss * (1 - chance) + chance;
			close((agreement - 1 / categories) / (1 - 1 / categories), outputs.kappa, tolerance);
		});
	}

	it('that of two raters with the same marginals is Fleiss', () => {
		const pairs = [...Array<number[]>(6).fill([0, 0]), ...Array<number[]>(3).fill([1, 1]), [0, 1], [1, 0]];
		const { kappa = NaN } =
			cohenKappa([
				[6, 1],
				[1, 3],
			]) ?? {};
		const alpha = krippendorffAlpha(pairs, 'nominal') ?? NaN;
		close((alpha - 1 / 22) / (1 - 1 / 22), kappa, { abs: 1e-12 });
	});
});

describe('published numbers of other methods: always-valid', () => {
	const bestRho = (v: number, alpha: number) => {
		const twice = 2 * Math.log(1 / alpha);
		return v / (twice + Math.log(1 + twice));
	};
	/** Of the normal mixture, one-sided. */
	const logMixture = (s: number, v: number, rho: number) =>
		Math.log((4 * rho) / (v + rho)) / 2 + s ** 2 / (2 * (v + rho)) + Math.log(normalBelow(s / Math.sqrt(v + rho)));
	/** Of the beta-binomial mixture, two-sided (Howard, Ramdas, McAuliffe and Sekhon 2021). */
	const logBetaBinomial = (s: number, v: number, r: number, g: number, h: number) => {
		const wins = (v + h * s) / (h * (g + h));
		const losses = (v - g * s) / (g * (g + h));
		const a = r / (g * (g + h));
		const b = r / (h * (g + h));
		const likelihood = (v / (g * h)) * Math.log(g + h) - wins * Math.log(g) - losses * Math.log(h);
		return likelihood + logBeta(a + losses, b + wins) - logBeta(a, b);
	};
	const quantities: Record<string, (of: Values) => number> = {
		'best rho, two-sided normal mixture': ({ v = NaN, alpha = NaN }) => bestRho(v, alpha),
		'normal mixture bound, two-sided': ({ v = NaN, alpha = NaN, vOpt = NaN, alphaOpt = NaN }) => {
			const rho = bestRho(vOpt, alphaOpt);
			return Math.sqrt((v + rho) * (Math.log(1 + v / rho) + 2 * Math.log(1 / alpha)));
		},
		'log normal mixture, one-sided': ({ s = NaN, v = NaN, vOpt = NaN, alphaOpt = NaN }) =>
			logMixture(s, v, bestRho(vOpt, 2 * alphaOpt)),
		'normal mixture bound, one-sided': ({ v = NaN, alpha = NaN, vOpt = NaN, alphaOpt = NaN }) => {
			const rho = bestRho(vOpt, 2 * alphaOpt);
			return rootOfFalling((s) => -logMixture(s, v, rho), Math.log(alpha), [0, 1000]);
		},
		'log beta-binomial mixture, two-sided': ({ s = 0, v = 0, vOpt = 0, g = 0, h = 0, alphaOpt = 0 }) =>
			logBetaBinomial(s, v, bestRho(vOpt, alphaOpt) - g * h, g, h),
	};
	testQuantities('always-valid', quantities);
});

describe('published numbers of other methods: small-exact', () => {
	const quantities: Record<string, (of: Values) => number> = {
		'sign test, two-sided': ({ positive = NaN, negative = NaN }) => mcnemar(positive, negative).exact,
		'upper 95 % limit with no failure seen, one-sided': ({ n = NaN }) =>
			rootOfFalling((p) => atMost(0, n, p), 0.05, [0, 1]),
		// The angle whose sine is the root of a rate is half the area below the arc sine law.
		'effect size h': ({ p1 = NaN, p2 = NaN }) =>
			Math.PI * (incompleteBeta(p1, 0.5, 0.5) - incompleteBeta(p2, 0.5, 0.5)),
		'pass^N': ({ p = NaN, n = NaN }) => probability(n, n, p),
	};
	testQuantities('small-exact', quantities);
});

describe('published numbers of other methods: power', () => {
	const sum = (alpha: number, power: number) => (normalQuantile(power) - normalQuantile(alpha / 2)) ** 2;
	for (const { id, inputs, outputs, tolerance } of oraclesOfOthers<Values, { n: number; nRoundedUp: number }>(
		'power',
	)) {
		it(id, () => {
			const { alpha = NaN, power = NaN, minimumDifference, p1 = NaN, p2 = NaN } = inputs;
			const { omega2 = NaN, sigma2A = NaN, sigma2B = NaN, repeatsA = NaN, repeatsB = NaN } = inputs;
			const spread =
				minimumDifference === undefined
					? p1 * (1 - p1) + p2 * (1 - p2)
					: omega2 + sigma2A / repeatsA + sigma2B / repeatsB;
			const n = (sum(alpha, power) * spread) / (minimumDifference ?? p2 - p1) ** 2;
			close(n, outputs.n, tolerance);
			close(Math.ceil(n), outputs.nRoundedUp, { abs: 0 });
		});
	}
});
