import * as l10n from '@vscode/l10n';
import type { Formatter } from './format.ts';

/** A number of articles as text, such as `1 article`. */
export function articleCount(count: number, format: Formatter): string {
	return count === 1 ? l10n.t('1 article') : l10n.t('{0} articles', format.number(count));
}
