import * as l10n from '@vscode/l10n';

/** "p = 0.0438", or "p < 0.0001"; never 0, which no finite number of cases can show. */
export function pValueText(pValue: number): string {
	return pValue < 0.0001 ? l10n.t('p < {0}', '0.0001') : l10n.t('p = {0}', Number(pValue.toPrecision(3)));
}
