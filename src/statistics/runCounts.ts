import * as l10n from '@vscode/l10n';
import type { Interval } from '../common/comparison.ts';
import { rateInterval } from './passRate.ts';
import { rateText } from './rateText.ts';

/** Variants of a run that are named with their counts. */
const maxVariants = 3;

/** A variant as its row or a report has it. */
export interface CountedVariant {
	label: string;
	isModel: boolean;
	passed: number;
	failed: number;
	errors: number;
	/** Answers of earlier runs among them. */
	reused?: number;
	rate?: number | null;
	worth?: number;
	interval?: Interval | null;
}

/**
 * What a run found: "10 of 12, 55 to 95 %, 1 error, 3 of earlier runs", for each of its variants. An error is neither a pass nor a failure,
 * so it is not among the twelve. Reused answers are among them, and are counted apart. The built-in guide, and runs of which the repeats are not known, have no interval.
 */
export function runCounts(
	{ variants }: { variants: readonly CountedVariant[] },
	number: (value: number) => string,
): string {
	const texts = variants.slice(0, maxVariants).map((variant) => {
		const text = variantCounts(variant, number);
		return variants.length === 1 ? text : `${variant.label}: ${text}`;
	});
	const more = variants.length - maxVariants;
	return [...texts, ...(more > 0 ? [l10n.t('{0} more variants', number(more))] : [])].join(' · ');
}

export function variantCounts(variant: CountedVariant, number: (value: number) => string): string {
	const { passed, failed, errors, reused = 0 } = variant;
	return [
		rateText({ passed, of: passed + failed, interval: intervalOf(variant) }, number),
		...(errors === 0 ? [] : [errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', number(errors))]),
		...(reused === 0 ? [] : [l10n.t('{0} of earlier runs', number(reused))]),
	].join(', ');
}

function intervalOf({ isModel, rate, worth, interval }: CountedVariant): Interval | null {
	if (!isModel || rate === undefined || rate === null) {
		return null;
	}
	return interval ?? (worth === undefined ? null : rateInterval(rate, worth));
}
