import * as vscode from 'vscode';
import { parseTemplate } from '../../prompts/variables/parseTemplate.ts';
import { isVariableName } from '../../prompts/variables/nameForms.ts';
import { nameOf, undeclaredTags } from '../../prompts/variables/variableNames.ts';
import type { Store } from '../../storage/contract.ts';
import { draftMetadata } from './draftMetadata.ts';
import { draftIdOf, draftScheme } from './draftUri.ts';
import { ruleOf } from './lintActions.ts';

/** Offers to declare a variable where it is used. */
export function registerVariableActions(openStore: () => Promise<Store>): vscode.Disposable {
	return vscode.languages.registerCodeActionsProvider(
		{ scheme: draftScheme },
		{
			async provideCodeActions(document, range, { diagnostics }) {
				const variables = (await draftMetadata(openStore, document))?.variables;
				if (!variables) {
					return [];
				}
				const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
				const tags = undeclaredTags(parseTemplate(document.getText()), variables).filter(
					({ start, end }) => start <= to && from <= end,
				);
				const mended = diagnostics.filter(
					(one) => ruleOf(one) === 'undeclared-variable' && one.range.intersection(range),
				);
				const names = new Set(tags.flatMap((tag) => nameOf(tag) ?? []).filter(isVariableName));
				return [...names]
					.flatMap((name) => declarations(draftIdOf(document.uri), name))
					.map((action) => Object.assign(action, { diagnostics: mended }));
			},
		},
		{ providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
	);
}

function declarations(draftId: number | undefined, name: string): vscode.CodeAction[] {
	return [
		{ title: vscode.l10n.t('Declare variable "{0}"', name), ask: false },
		{ title: vscode.l10n.t('Declare variable "{0}" with a type and default…', name), ask: true },
	].map(({ title, ask }) => {
		const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
		action.isPreferred = !ask;
		action.command = {
			title,
			command: 'promptWorkshop.editVariables',
			arguments: [draftId, { declare: name, ask }],
		};
		return action;
	});
}
