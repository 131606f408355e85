import * as l10n from '@vscode/l10n';
import type { LintFix } from '../../common/api.ts';

/** The change that keeps a tag as text: a backslash before it. */
export function keepAsText(start: number): LintFix {
	return { title: l10n.t('Keep as text'), edits: [{ start, end: start, text: '\\' }] };
}
