import * as l10n from '@vscode/l10n';
import type { Comparison } from '../common/comparison.ts';
import { pValueText } from './pValueText.ts';

/** How many cases a comparison rests on and in how many both sides did the same, with its p-value: two sentences. */
export function comparedCasesText({
	cases,
	both,
	neither,
	pValue,
}: Pick<Comparison, 'cases' | 'both' | 'neither' | 'pValue'>): string {
	const counts =
		cases === 1
			? l10n.t('1 case compared: {0} passed by both, {1} by neither.', both, neither)
			: l10n.t('{0} cases compared: {1} passed by both, {2} by neither.', cases, both, neither);
	return `${counts} ${pValueText(pValue)}.`;
}
