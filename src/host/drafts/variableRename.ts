import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import { variableNameFault } from '../../prompts/variables/checkVariables.ts';
import { renameVariable } from '../../prompts/variables/renameVariable.ts';
import { nameOf, variableNames } from '../../prompts/variables/variableNames.ts';
import type { Store } from '../../storage/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import { draftMetadata } from './draftMetadata.ts';
import { draftIdOf, draftScheme } from './draftUri.ts';
import { tagAt } from './variableHover.ts';

interface Renamed {
	from: string;
	to: string;
	/** VS Code has not applied the edits yet. */
	isPending: boolean;
}

/**
 * Renames a variable in a draft's text, and with it its declaration and its value in the test form. VS Code applies the
 * edits itself, maybe after a preview, so the declaration follows when the text has changed, and on undo and redo.
 */
export function registerVariableRename(
	openStore: () => Promise<Store>,
	workshop: Pick<Workshop, 'renameVariable'>,
	onFailed: (error: unknown) => void,
): Disposable {
	const disposables = new DisposableStore();
	/** The last rename of each document. */
	const renames = new Map<string, Renamed>();

	disposables.add(
		vscode.languages.registerRenameProvider(
			{ scheme: draftScheme },
			{
				prepareRename(document, position) {
					const tag = tagAt(document, position);
					const name = tag && nameOf(tag);
					if (!tag || name === undefined) {
						throw new Error(vscode.l10n.t('Only a variable can be renamed: put the cursor on its name'));
					}
					const start = document.positionAt(tag.nameStart);
					const written = document.getText(new vscode.Range(start, document.positionAt(tag.nameEnd)));
					const length = /^[^.]*/.exec(written)?.[0].length ?? 0;
					return { range: new vscode.Range(start, start.translate(0, length)), placeholder: name };
				},
				async provideRenameEdits(document, position, to) {
					const tag = tagAt(document, position);
					const from = tag && nameOf(tag);
					if (from === undefined) {
						return undefined;
					}
					const text = document.getText();
					const declared =
						(await draftMetadata(openStore, document))?.variables.map(({ name }) => name) ?? [];
					const others = [...declared, ...variableNames(text)].filter((name) => name !== from);
					const fault = variableNameFault(to, new Set(others));
					if (fault !== undefined) {
						throw new Error(fault);
					}
					const edit = new vscode.WorkspaceEdit();
					for (const { start, end, text: name } of renameVariable(text, from, to)) {
						const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
						edit.replace(document.uri, range, name);
					}
					renames.set(document.uri.toString(), { from, to, isPending: true });
					return edit;
				},
			},
		),
	);
	disposables.add(
		vscode.workspace.onDidChangeTextDocument(({ document, reason }) => {
			const renamed = renames.get(document.uri.toString());
			const draftId = draftIdOf(document.uri);
			if (renamed && draftId !== undefined && (renamed.isPending || reason !== undefined)) {
				void follow(document, draftId, renamed).catch(onFailed);
			}
		}),
	);
	disposables.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => renames.delete(uri.toString())));
	return disposables;

	/** Renames the declaration to what the text now says. */
	async function follow(document: vscode.TextDocument, draftId: number, renamed: Renamed): Promise<void> {
		const { from, to } = renamed;
		const used = variableNames(document.getText());
		const [before, after] = used.includes(to) && !used.includes(from) ? [from, to] : [to, from];
		if (!used.includes(after) || used.includes(before)) {
			return;
		}
		renamed.isPending = false;
		const declared = (await draftMetadata(openStore, document))?.variables.map(({ name }) => name) ?? [];
		if (declared.includes(before) && !declared.includes(after)) {
			await workshop.renameVariable(draftId, before, after);
		}
	}
}
