import * as l10n from '@vscode/l10n';
import type { TurnEnd } from './turnEnd.ts';

/** How a turn ended, in a word or two. */
export function endWord(end: TurnEnd): string {
	switch (end) {
		case 'complete':
			return l10n.t('complete');
		case 'truncated':
			return l10n.t('cut off');
		case 'refused':
			return l10n.t('refused');
		case 'tools':
			return l10n.t('ended with tool calls');
		case 'unknown':
			return l10n.t('ended for an unknown reason');
		case 'stopped':
			return l10n.t('stopped');
		case 'failed':
			return l10n.t('failed');
		case 'interrupted':
			return l10n.t('interrupted');
	}
}
