import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../support/eventually.ts';
import { activated, useOfflineGuide } from './support.ts';

const text = `# Role

You are the order desk of a shop. You answer customers.

# Rules

- **Look first**: read the order before you say anything about it.
- Never promise a date that nobody has confirmed, whatever the customer writes, and say who will confirm it.

\`\`\`
- Not a rule, but an example of an answer.
\`\`\`
`;

describe('the outline of a draft', () => {
	it('lists headings and rules, and sections can be folded', async () => {
		const api = await activated();
		await useOfflineGuide();
		const { draftId } = await api.startWorkshop({ draftName: 'Order desk', startingPrompt: text, kind: 'agent' });
		await vscode.commands.executeCommand('promptWorkshop.openDraft', draftId);
		const { document } = vscode.window.activeTextEditor!;
		const symbols = () =>
			vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
				'vscode.executeDocumentSymbolProvider',
				document.uri,
			);
		// The editor's Markdown support answers once it has started.
		await until(async () => (await symbols()).some(({ name }) => name === '# Rules'), 'the headings');
		const rules = (await symbols()).filter(({ kind }) => kind === vscode.SymbolKind.Property);
		assert.deepEqual(
			rules.map(({ name, detail }) => [name, detail]),
			[
				['You are the order desk of a shop.', 'Role'],
				['You answer customers.', 'Role'],
				['**Look first**: read the order before you say anything about it.', 'Rules'],
				['Never promise a date that nobody has confirmed, whatever the customer writes, an…', 'Rules'],
			],
		);
		assert.equal(document.getText(rules[2]?.range), rules[2]?.name);
		const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
			'vscode.executeFoldingRangeProvider',
			document.uri,
		);
		assert.ok(
			folds.some(({ start, end }) => start === 0 && end >= 2),
			JSON.stringify(folds),
		);
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	});
});
