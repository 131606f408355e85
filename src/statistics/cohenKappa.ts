import { normalQuantile } from './normalQuantile.ts';
import { wilsonInterval } from './wilsonInterval.ts';

export interface Kappa {
	kappa: number;
	low: number;
	high: number;
	standardError: number;
}

/**
 * Agreement of two raters beyond chance (Cohen 1960) with its asymptotic error (Fleiss, Cohen and Everitt 1969). `table[i][j]`
 * counts the items that the first put into category i and the second into j. Null if both used only one category, so that
 * nothing is beyond chance. Complete agreement, whose asymptotic error is 0, gets the interval of its rate (Wilson) instead.
 */
export function cohenKappa(table: readonly (readonly number[])[], alpha = 0.05): Kappa | null {
	const total = sum(table.flat());
	const share = (i: number, j: number) => (table[i]?.[j] ?? 0) / total;
	const categories = table.map((_, index) => index);
	const rows = categories.map((i) => sum(categories.map((j) => share(i, j))));
	const columns = categories.map((j) => sum(categories.map((i) => share(i, j))));
	const agreed = sum(categories.map((i) => share(i, i)));
	const byChance = sum(categories.map((i) => (rows[i] ?? 0) * (columns[i] ?? 0)));
	if (total === 0 || byChance === 1) {
		return null;
	}
	const beyond = (rate: number) => (rate - byChance) / (1 - byChance);
	const kappa = beyond(agreed);
	const margins = (i: number, j: number) => (columns[i] ?? 0) + (rows[j] ?? 0);
	const parts = categories.flatMap((i) =>
		categories.map((j) =>
			i === j
				? share(i, i) * (1 - margins(i, i) * (1 - kappa)) ** 2
				: share(i, j) * (margins(i, j) * (1 - kappa)) ** 2,
		),
	);
	const variance = sum(parts) - (kappa - byChance * (1 - kappa)) ** 2;
	const standardError = Math.sqrt(Math.max(0, variance) / total) / (1 - byChance);
	if (agreed === 1) {
		return { kappa, standardError, low: beyond(wilsonInterval(total, total, alpha).low), high: 1 };
	}
	const reach = -normalQuantile(alpha / 2) * standardError;
	return { kappa, standardError, low: Math.max(-1, kappa - reach), high: Math.min(1, kappa + reach) };
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
