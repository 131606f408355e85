import * as l10n from '@vscode/l10n';

/** What was asked in a test, for titles and lists: a prompt that is the user's message is its own question. */
export function questionText(query: string): string {
	return query === '' ? l10n.t('The prompt as the question') : query;
}
