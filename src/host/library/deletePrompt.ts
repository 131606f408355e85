import * as vscode from 'vscode';
import { defaultPromptName, type PromptSummary } from '../../common/model.ts';
import { promptArgument } from './promptArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LibraryServices } from './libraryServices.ts';
import { offerUndo } from '../kit/offerUndo.ts';

export const deletePrompt: Command<LibraryServices> = {
	id: 'deletePrompt',
	async run(services, argument) {
		const isDeletable = ({ name, isDefault }: PromptSummary) => !isDefault && name !== defaultPromptName;
		const name = await promptArgument(services, argument, isDeletable);
		const trashId = await services.workshop.removePrompt(name);
		offerUndo(vscode.l10n.t('Prompt {0} deleted', name), () => services.workshop.undoDelete(trashId));
	},
};
