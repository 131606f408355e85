import { wilsonInterval } from './wilsonInterval.ts';

/** Cases by which of two variants passes them. */
export interface PairedTable {
	both: number;
	onlyFirst: number;
	onlySecond: number;
	neither: number;
}

/**
 * Interval of the difference of two pass rates on the same cases, first less second (Newcombe, Statistics in Medicine 17,
 * 1998, 2635, method 10): Wilson's limits of both rates, joined by their correlation. For experts: verdicts are those of
 * `compare`.
 */
export function newcombePaired(table: PairedTable, alpha = 0.05): { difference: number; low: number; high: number } {
	const { both, onlyFirst, onlySecond, neither } = table;
	const n = both + onlyFirst + onlySecond + neither;
	const [first, second] = [both + onlyFirst, both + onlySecond];
	const [p1, p2] = [first / n, second / n];
	const [one, two] = [wilsonInterval(first, n, alpha), wilsonInterval(second, n, alpha)];
	const phi = correlation(table, n);
	const reach = (a: number, b: number) => Math.sqrt(Math.max(0, a * a - 2 * phi * a * b + b * b));
	return {
		difference: (onlyFirst - onlySecond) / n,
		low: p1 - p2 - reach(p1 - one.low, two.high - p2),
		high: p1 - p2 + reach(one.high - p1, p2 - two.low),
	};
}

/** With a correction of n / 2 towards no correlation, if it is positive. */
function correlation({ both, onlyFirst, onlySecond, neither }: PairedTable, n: number): number {
	const product = both * neither - onlyFirst * onlySecond;
	const corrected = product > n / 2 ? product - n / 2 : Math.min(0, product);
	const scale = Math.sqrt((both + onlyFirst) * (onlySecond + neither) * (both + onlySecond) * (onlyFirst + neither));
	return scale === 0 ? 0 : corrected / scale;
}
