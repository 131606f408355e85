import * as vscode from 'vscode';
import { defaultPromptName, type PromptSummary } from '../../common/model.ts';
import type { Command } from '../kit/command.ts';
import { offerUndo } from '../kit/offerUndo.ts';
import { plural } from '../kit/plural.ts';
import type { LibraryServices } from './libraryServices.ts';
import { promptArgument } from './promptArguments.ts';

export const deletePrompt: Command<LibraryServices> = {
	id: 'deletePrompt',
	async run(services, argument, selection) {
		const isDeletable = ({ name, isDefault }: PromptSummary) => !isDefault && name !== defaultPromptName;
		const given: unknown[] = Array.isArray(selection) && selection.length > 0 ? selection : [argument];
		const names = await Promise.all(given.map((one) => promptArgument(services, one, isDeletable)));
		const trashIds: number[] = [];
		const offer = () =>
			offerUndo(
				plural(
					trashIds.length,
					vscode.l10n.t('Prompt {0} deleted', names[0] ?? ''),
					vscode.l10n.t('{0} prompts deleted', trashIds.length),
				),
				async () => {
					for (const trashId of trashIds) {
						await services.workshop.undoDelete(trashId);
					}
				},
			);
		try {
			for (const name of names) {
				trashIds.push(await services.workshop.removePrompt(name));
			}
		} finally {
			// The default prompt may be among those selected: what was deleted before it can be put back.
			if (trashIds.length > 0) {
				offer();
			}
		}
	},
};
