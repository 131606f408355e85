import * as l10n from '@vscode/l10n';
import type { Verdict } from './suiteModel.ts';

/** A verdict in a word. */
export function verdictWord(verdict: Verdict): string {
	switch (verdict) {
		case 'pass':
			return l10n.t('passed');
		case 'fail':
			return l10n.t('failed');
		case 'error':
			return l10n.t('error');
	}
}

/** Its codicon; the word stands next to it or is its label. */
export const verdictIcons: Record<Verdict, string> = { pass: 'pass', fail: 'error', error: 'warning' };
