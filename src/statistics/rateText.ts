import * as l10n from '@vscode/l10n';
import type { Interval } from '../common/comparison.ts';
import { percent } from './percent.ts';

/** "10 of 12, 55 to 95 %": a pass rate as every page, tree and document shows it. Without an interval only the counts. */
export function rateText(
	{ passed, of, interval }: { passed: number; of: number; interval: Interval | null },
	number: (value: number) => string = String,
): string {
	const counts = l10n.t('{0} of {1}', number(passed), number(of));
	return interval ? l10n.t('{0}, {1} to {2} %', counts, ...percents(interval)) : counts;
}

/** Whole percents, and more digits for a narrow interval or for an end that only rounding would make 0 or 100. */
function percents(interval: Interval): [string, string] {
	const width = (interval[1] - interval[0]) * 100;
	const digits = width < 0.5 ? 2 : width < 5 ? 1 : 0;
	const [low, high] = interval.map((share) => percent(share, digits));
	return [low ?? '', high ?? ''];
}
