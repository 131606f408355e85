import * as vscode from 'vscode';
import type { ReadOnlyDocuments } from '../kit/readOnlyDocuments.ts';

/** Shows the pages of the lint rules, which the package contains. */
export function addLintPages(documents: Pick<ReadOnlyDocuments, 'add'>, extensionUri: vscode.Uri): void {
	documents.add({
		lint: async (rule) => {
			const { lintRules } = await import('../../prompts/lint/rules.ts');
			if (!lintRules.some(({ id }) => id === rule)) {
				throw new Error(vscode.l10n.t('There is no rule "{0}" in this version', rule));
			}
			const page = vscode.Uri.joinPath(extensionUri, 'media', 'lint', `${rule}.md`);
			const bytes = await vscode.workspace.fs.readFile(page);
			return { text: new TextDecoder().decode(bytes), origin: {} };
		},
	});
}
