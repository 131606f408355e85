import type { VariantReport } from './reportedRun.ts';

/** A share from 0 to 1 in percent: whole numbers, and one digit where that hides how close it is to 0 or 1. */
export function percent(share: number): string {
	const whole = Math.round(share * 100);
	return (whole === 0 && share > 0) || (whole === 100 && share < 1) ? (share * 100).toFixed(1) : String(whole);
}

/** `10 of 12`, or the mean of the cases if they were repeated; without a rate it is empty. */
export function rateText({ rate, interval }: Pick<VariantReport, 'rate' | 'interval'>): string {
	return rate === null || interval === null
		? ''
		: `${percent(rate)} % (${percent(interval[0])} to ${percent(interval[1])} %)`;
}
