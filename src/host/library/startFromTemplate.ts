import * as vscode from 'vscode';
import type { StartOptions } from '../../common/api.ts';
import { checkDraftName } from '../../workshop/rules.ts';
import { askText } from '../kit/arguments.ts';
import { promptArgument } from './promptArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LibraryServices } from './libraryServices.ts';
import { openStarted } from '../drafts/newDraft.ts';

/** A draft that begins with a prompt's text and is not tied to it. */
export const startFromTemplate: Command<LibraryServices> = {
	id: 'startFromTemplate',
	async run(services, argument, options) {
		const name = await promptArgument(services, argument);
		const store = await services.openStore();
		const template = await store.read(({ prompts }) => prompts.get(name));
		const title = vscode.l10n.t('Start from "{0}"', template.title);
		const given = (options as Pick<StartOptions, 'draftName' | 'model'> | undefined) ?? {
			draftName: await askText({ title, prompt: vscode.l10n.t('A name for the draft') }, checkDraftName),
		};
		return openStarted(services, { ...given, startingPrompt: template.content });
	},
};
