import * as l10n from '@vscode/l10n';
import { passRate } from '../../../statistics/passRate.ts';
import { rateText } from '../../../statistics/rateText.ts';
import type { CaseOutcome } from './caseTally.ts';

/** Variants that are named one by one. */
const maxVariants = 3;

/** `isModel` is false for the built-in guide, whose answers enter no statistic. */
export interface RatedVariant {
	label: string;
	isModel: boolean;
}

/**
 * "10 of 12, 55 to 95 %, 1 error", with Wilson's interval, for each variant; undefined without an answer. Repeats count as far
 * as they say more than one answer to each case would.
 */
export function suiteRate(
	outcomes: Iterable<Pick<CaseOutcome, 'counts' | 'errors'>>,
	variants: readonly RatedVariant[],
): string | undefined {
	const all = [...outcomes];
	const rates = variants.flatMap(({ label, isModel }) => {
		const rate = passRate(all.flatMap(({ counts }) => counts.get(label) ?? []));
		if (rate.of === 0) {
			return [];
		}
		const text = isModel ? rateText(rate) : l10n.t('{0}, not a model', rateText({ ...rate, interval: null }));
		return [{ label, text }];
	});
	const shown = rates.slice(0, maxVariants).map(({ label, text }) => (rates.length > 1 ? `${label}: ${text}` : text));
	const text = [...shown, ...(rates.length > maxVariants ? ['…'] : [])].join(' · ');
	const errors = all.reduce((sum, one) => sum + one.errors, 0);
	const parts = [
		...(text === '' ? [] : [text]),
		...(errors === 0 ? [] : [errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', errors)]),
	];
	return parts.length === 0 ? undefined : parts.join(rates.length > 1 ? ' · ' : ', ');
}

/** What stands beside a case: nothing for a plain pass or failure, which its icon shows. */
export function caseText({ isFlaky, passed, of, errors, verdict }: CaseOutcome, isOffline: boolean): string {
	const parts = [
		...(isFlaky ? [l10n.t('flaky: {0} of {1}', passed, of)] : of > 1 ? [l10n.t('{0} of {1}', passed, of)] : []),
		...(errors > 1 ? [l10n.t('{0} errors', errors)] : errors === 1 || verdict === 'error' ? [l10n.t('error')] : []),
		...(isOffline ? [l10n.t('not a model')] : []),
	];
	return parts.join(' · ');
}
