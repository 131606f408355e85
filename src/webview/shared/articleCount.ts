import * as l10n from '@vscode/l10n';
import type { Formatter } from './format.ts';

/** How many articles, in words. */
export function articleCount(count: number, format: Formatter): string {
	return count === 1 ? l10n.t('1 article') : l10n.t('{0} articles', format.number(count));
}
