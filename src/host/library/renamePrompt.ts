import * as vscode from 'vscode';
import { checkPromptTitle } from '../../workshop/rules.ts';
import { askText } from '../kit/arguments.ts';
import { promptArgument } from './promptArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LibraryServices } from './libraryServices.ts';

export const renamePrompt: Command<LibraryServices> = {
	id: 'renamePrompt',
	async run(services, argument, given) {
		const name = await promptArgument(services, argument);
		const store = await services.openStore();
		const { title: value } = await store.read(({ prompts }) => prompts.get(name));
		const title =
			typeof given === 'string'
				? given
				: await askText({ title: vscode.l10n.t('Title of {0}', name), value }, checkPromptTitle);
		return services.workshop.updatePrompt(name, { title });
	},
};
