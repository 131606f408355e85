import * as vscode from 'vscode';
import { showWarning } from '../kit/notify.ts';
import { cancelled } from '../kit/arguments.ts';
import { draftArguments } from './draftArguments.ts';
import type { Command } from '../kit/command.ts';
import type { DraftServices } from './draftServices.ts';
import { offerUndo } from '../kit/offerUndo.ts';
import { plural } from '../kit/plural.ts';

export const deleteDraft: Command<DraftServices> = {
	id: 'deleteDraft',
	async run(services, argument, selection) {
		const ids = await draftArguments(services, argument, selection);
		if (typeof argument !== 'number' && typeof argument !== 'string') {
			const remove = vscode.l10n.t('Delete');
			const question =
				ids.length === 1
					? vscode.l10n.t('Delete this draft with its chat and test results?')
					: vscode.l10n.t('Delete {0} drafts with their chats and test results?', ids.length);
			const answer = await showWarning(
				question,
				{ modal: true, detail: vscode.l10n.t('You can undo this for 30 days.') },
				remove,
			);
			if (answer !== remove) {
				throw cancelled();
			}
		}
		const trashIds: number[] = [];
		for (const id of ids) {
			trashIds.push(await services.workshop.remove(id));
		}
		offerUndo(
			plural(
				ids.length,
				vscode.l10n.t('{0} draft deleted', ids.length),
				vscode.l10n.t('{0} drafts deleted', ids.length),
			),
			async () => {
				for (const trashId of trashIds) {
					await services.workshop.undoDelete(trashId);
				}
			},
		);
	},
};
