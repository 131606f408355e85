import * as l10n from '@vscode/l10n';
import type { ThinkingLevel } from '../../common/model.ts';

/** The name of a thinking level. */
export function levelWord(level: ThinkingLevel): string {
	switch (level) {
		case 'off':
			return l10n.t('off');
		case 'low':
			return l10n.t('low');
		case 'medium':
			return l10n.t('medium');
		case 'high':
			return l10n.t('high');
	}
}
