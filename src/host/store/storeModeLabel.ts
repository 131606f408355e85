import * as l10n from '@vscode/l10n';
import type { StoreStatus } from '../../storage/contract.ts';

/** How this window uses the store, in the display language. */
export function storeModeLabel(mode: StoreStatus['mode']): string {
	switch (mode) {
		case 'closed':
			return l10n.t('closed');
		case 'owner':
			return l10n.t('owner');
		case 'following':
			return l10n.t('following');
		case 'read-only':
			return l10n.t('read-only');
		case 'not-saving':
			return l10n.t('not-saving');
	}
}
