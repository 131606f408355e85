import * as vscode from 'vscode';
import { parseTemplate } from '../../prompts/variables/parseTemplate.ts';
import { isVariableName } from '../../prompts/variables/nameForms.ts';
import { nameOf, undeclaredTags } from '../../prompts/variables/variableNames.ts';
import type { TemplateTag } from '../../prompts/variables/templateTag.ts';
import type { Store } from '../../storage/contract.ts';
import { draftMetadata } from './draftMetadata.ts';
import { draftIdOf, draftScheme } from './draftUri.ts';
import type { EditOptions } from './editDraftVariables.ts';
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
				const undeclared = undeclaredTags(parseTemplate(document.getText()), variables);
				const namesOf = (tags: readonly TemplateTag[]) =>
					[...new Set(tags.flatMap((tag) => nameOf(tag) ?? []))].filter(isVariableName);
				const names = namesOf(undeclared.filter(({ start, end }) => start <= to && from <= end));
				const all = namesOf(undeclared);
				const fixed = diagnostics.filter(
					(one) => ruleOf(one) === 'undeclared-variable' && one.range.intersection(range),
				);
				const draftId = draftIdOf(document.uri);
				return [
					...names.flatMap((name) => declarations(draftId, name)),
					...(names.length > 0 && all.length > 1
						? [
								declaration(vscode.l10n.t('Declare all {0} variables', all.length), draftId, {
									declare: all,
								}),
							]
						: []),
				].map((action) => Object.assign(action, { diagnostics: fixed }));
			},
		},
		{ providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
	);
}

function declarations(draftId: number | undefined, name: string): vscode.CodeAction[] {
	const asText = declaration(vscode.l10n.t('Declare variable "{0}"', name), draftId, { declare: name });
	asText.isPreferred = true;
	const title = vscode.l10n.t('Declare variable "{0}" with a type and default…', name);
	return [asText, declaration(title, draftId, { declare: name, ask: true })];
}

function declaration(title: string, draftId: number | undefined, options: EditOptions): vscode.CodeAction {
	const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
	action.command = { title, command: 'promptWorkshop.editVariables', arguments: [draftId, options] };
	return action;
}
