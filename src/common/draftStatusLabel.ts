import * as l10n from '@vscode/l10n';
import type { DraftStatus } from './model.ts';

/** The status of a draft in the display language. */
export function draftStatusLabel(status: DraftStatus): string {
	switch (status) {
		case 'draft':
			return l10n.t('draft');
		case 'testing':
			return l10n.t('testing');
		case 'ready':
			return l10n.t('ready');
		case 'committed':
			return l10n.t('committed');
	}
}
