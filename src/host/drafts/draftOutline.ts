import * as vscode from 'vscode';
import { draftScheme } from './draftUri.ts';

/** Longer rules are cut in the outline. */
const shownRule = 80;
/** More rules are not listed. */
const maxRules = 1000;

/**
 * The rules of a draft, each with the heading that it stands under, beside the headings that the editor's Markdown
 * support lists: for the outline and for Go to Symbol.
 */
export function registerDraftOutline(): vscode.Disposable {
	return vscode.languages.registerDocumentSymbolProvider(
		{ scheme: draftScheme },
		{
			async provideDocumentSymbols(document) {
				// Loaded on first use.
				const { LintedPrompt } = await import('../../prompts/lint/lintedPrompt.ts');
				const prompt = new LintedPrompt(document.getText());
				const { headings, rules } = prompt;
				let next = 0;
				return rules.slice(0, maxRules).map(({ start, end }) => {
					while ((headings[next]?.start ?? Infinity) < start) {
						next++;
					}
					const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
					const rule = prompt.text.slice(start, Math.min(end, start + shownRule)).replace(/\s+/g, ' ');
					const name = end - start > shownRule ? `${rule}…` : rule;
					const symbol = vscode.SymbolKind.Property;
					return new vscode.DocumentSymbol(name, headings[next - 1]?.title ?? '', symbol, range, range);
				});
			},
		},
		{ label: vscode.l10n.t('Rules') },
	);
}
