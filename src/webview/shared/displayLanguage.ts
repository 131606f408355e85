import * as l10n from '@vscode/l10n';

/** Gives `l10n.t` the texts that the host has put into the page. Without them, it returns English. */
export function useDisplayLanguage(): void {
	const texts = document.getElementById('texts')?.textContent;
	if (texts) {
		l10n.config({ contents: texts });
	}
}
