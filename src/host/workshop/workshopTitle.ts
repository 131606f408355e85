import * as vscode from 'vscode';

/** Title of the panel of a draft. */
export function workshopTitle(draftName: string | null): string {
	return vscode.l10n.t('Workshop: {0}', draftName ?? vscode.l10n.t('Untitled draft'));
}
