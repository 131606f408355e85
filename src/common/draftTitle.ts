import * as l10n from '@vscode/l10n';

/** What a draft is called where its name stands among others. */
export function draftTitle({ id, draftName }: { id: number; draftName: string | null }): string {
	return draftName ?? l10n.t('Untitled draft {0}', id);
}
