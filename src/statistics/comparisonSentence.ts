import * as l10n from '@vscode/l10n';
import type { Comparison } from '../common/comparison.ts';
import { pointsText } from './pointsText.ts';

/** The difference that further cases are planned for, as a share. */
export const plannedDifference = 0.05;

type Told = Pick<
	Comparison,
	'verdict' | 'difference' | 'interval' | 'onlyA' | 'onlyB' | 'cases' | 'worth' | 'moreCases'
>;

/**
 * What a comparison found, in one sentence: every page, document, notification and the command line show this one. "B is better:
 * +7.2 points (2.1 to 12.4), 31 cases only B, 13 only A".
 */
export function comparisonSentence(compared: Told): string {
	const numbers = numbersText(compared);
	switch (compared.verdict) {
		case 'better':
			return l10n.t('B is better: {0}', numbers);
		case 'worse':
			return l10n.t('B is worse: {0}', numbers);
		case 'not-told-apart':
			return l10n.t('Not told apart: {0}. {1}', numbers, furtherText(compared));
	}
}

function numbersText({ difference, interval, onlyA, onlyB, cases, worth }: Told): string {
	const points = l10n.t(
		'{0} points ({1} to {2})',
		pointsText(difference, { plus: true }),
		pointsText(interval[0]),
		pointsText(interval[1]),
	);
	// With repeats a case may be passed by both, by one more often.
	return `${points}, ${worth === cases ? onlyText(onlyB, onlyA) : moreOftenText(onlyB, onlyA)}`;
}

function onlyText(b: number, a: number): string {
	return b === 1 ? l10n.t('1 case only B, {0} only A', a) : l10n.t('{0} cases only B, {1} only A', b, a);
}

function moreOftenText(b: number, a: number): string {
	return b === 1
		? l10n.t('1 case more often B, {0} more often A', a)
		: l10n.t('{0} cases more often B, {1} more often A', b, a);
}

function furtherText({ moreCases }: Told): string {
	const points = pointsText(plannedDifference).replace(/\.0$/, '');
	return moreCases === undefined
		? l10n.t('There are enough cases to see a difference of {0} points.', points)
		: l10n.t('About {0} more cases would be needed to see a difference of {1} points.', rounded(moreCases), points);
}

/** Up to two digits: a plan is no more exact than that. */
function rounded(count: number): number {
	const step = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1);
	return Math.ceil(count / step) * step;
}
