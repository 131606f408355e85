import * as l10n from '@vscode/l10n';
import type { VersionAuthor } from './model.ts';

/** Who wrote a version, in the display language. */
export function versionAuthorLabel(author: VersionAuthor): string {
	switch (author) {
		case 'user':
			return l10n.t('you');
		case 'assistant':
			return l10n.t('assistant');
		case 'program':
			return l10n.t('program');
		case 'import':
			return l10n.t('import');
	}
}
