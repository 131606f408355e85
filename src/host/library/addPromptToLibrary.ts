import * as vscode from 'vscode';
import { checkContentForCommit, checkPromptTitle } from '../../workshop/rules.ts';
import { chosen, optionalString, optionsArgument } from '../kit/arguments.ts';
import { readTextFile, trustedUri } from '../kit/places.ts';
import { askInSteps } from '../kit/askInSteps.ts';
import type { Command } from '../kit/command.ts';
import type { LibraryServices } from './libraryServices.ts';
import { promptNameQuestion } from './promptNameQuestion.ts';

/** From the selection or the whole text of an editor, the file chosen in the Explorer, or a file that the user picks. */
export const addPromptToLibrary: Command<LibraryServices> = {
	id: 'addPromptToLibrary',
	async run(services, argument, chosenInExplorer) {
		const given = argument instanceof vscode.Uri ? {} : optionsArgument(argument);
		const content =
			optionalString(given, 'content') ??
			(argument instanceof vscode.Uri && (chosenInExplorer !== undefined || !isShown(argument))
				? await readTextFile(argument)
				: await textOfEditor());
		checkContentForCommit(content);
		const store = await services.openStore();
		const taken = await store.read(({ prompts }) => new Set(prompts.list().map(({ name }) => name)));
		const { title, name } = await askInSteps<'title' | 'name'>(
			vscode.l10n.t('Add Prompt to Library'),
			{ title: optionalString(given, 'title'), name: optionalString(given, 'name') },
			({ title: typed }) => [
				{ key: 'title', prompt: vscode.l10n.t('Title'), check: checkPromptTitle },
				promptNameQuestion(typed ?? '', taken),
			],
		);
		const description = optionalString(given, 'description');
		const prompt = await services.workshop.addPrompt({
			name,
			title,
			content,
			...(description !== undefined && { description }),
		});
		await services.libraryTree.show(prompt.name);
		return { promptId: prompt.id, name: prompt.name };
	},
};

/** An editor's menu names its document too; what is meant there is what the user sees and has selected. */
function isShown(uri: vscode.Uri): boolean {
	return vscode.window.activeTextEditor?.document.uri.toString() === uri.toString();
}

async function textOfEditor(): Promise<string> {
	const editor = vscode.window.activeTextEditor;
	if (editor) {
		await trustedUri(editor.document.uri);
		return editor.document.getText(editor.selection.isEmpty ? undefined : editor.selection);
	}
	const [file] = chosen(
		await vscode.window.showOpenDialog({
			title: vscode.l10n.t('Prompt file'),
			openLabel: vscode.l10n.t('Add'),
		}),
	);
	return readTextFile(chosen(file));
}
