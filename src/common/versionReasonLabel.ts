import * as l10n from '@vscode/l10n';
import type { VersionReason } from './model.ts';

/** Why a version was stored, in the display language. */
export function versionReasonLabel(reason: VersionReason): string {
	switch (reason) {
		case 'created':
			return l10n.t('created');
		case 'save':
			return l10n.t('save');
		case 'extract':
			return l10n.t('extract');
		case 'test':
			return l10n.t('test');
		case 'commit':
			return l10n.t('commit');
		case 'restore':
			return l10n.t('restore');
		case 'import':
			return l10n.t('import');
	}
}
