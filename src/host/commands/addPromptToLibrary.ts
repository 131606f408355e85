import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { checkContentForCommit, checkPromptTitle } from '../../workshop/rules.ts';
import { chosen, optionalString, optionsArgument } from './arguments.ts';
import { trustedUri } from '../kit/places.ts';
import { askInSteps } from './askInSteps.ts';
import type { Command } from './command.ts';
import { promptNameQuestion } from './promptNameQuestion.ts';

/** From the selection, the file chosen in the Explorer, the open editor, or a file that the user picks. */
export const addPromptToLibrary: Command = {
	id: 'addPromptToLibrary',
	async run(services, argument) {
		const given = argument instanceof vscode.Uri ? {} : optionsArgument(argument);
		const content =
			optionalString(given, 'content') ??
			(argument instanceof vscode.Uri ? await readText(argument) : await textOfEditor());
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

async function textOfEditor(): Promise<string> {
	const editor = vscode.window.activeTextEditor;
	if (editor) {
		await trustedUri(editor.document.uri);
		return editor.document.getText(editor.selection.isEmpty ? undefined : editor.selection);
	}
	const [file] = chosen(
		await vscode.window.showOpenDialog({
			title: vscode.l10n.t('File with the prompt'),
			openLabel: vscode.l10n.t('Add'),
		}),
	);
	return readText(chosen(file));
}

async function readText(uri: vscode.Uri): Promise<string> {
	const bytes = await vscode.workspace.fs.readFile(await trustedUri(uri));
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch (cause) {
		throw new AppError('validation', vscode.l10n.t('{0} is not UTF-8 text. Save it as UTF-8 first', uri.path), {
			cause,
		});
	}
}
