import * as vscode from 'vscode';
import { showStatus } from '../kit/notify.ts';
import { promptArgument } from './promptArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LibraryServices } from './libraryServices.ts';

export const copyPrompt: Command<LibraryServices> = {
	id: 'copyPrompt',
	async run(services, argument) {
		const name = await promptArgument(services, argument);
		const store = await services.openStore();
		const { content } = await store.read(({ prompts }) => prompts.get(name));
		await vscode.env.clipboard.writeText(content);
		showStatus(vscode.l10n.t('{0} copied', name), 3_000);
	},
};
