import * as l10n from '@vscode/l10n';
import { percent } from '../../statistics/percent.ts';
import type { VariantReport } from './reportedRun.ts';

/** `83 % (55 to 95 %)`, for a table that has the counts beside it; without a rate it is empty. */
export function ratePercent({ rate, interval }: Pick<VariantReport, 'rate' | 'interval'>): string {
	return rate === null || interval === null
		? ''
		: l10n.t('{0} % ({1} to {2} %)', percent(rate), percent(interval[0]), percent(interval[1]));
}
