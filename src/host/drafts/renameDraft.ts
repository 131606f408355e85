import * as vscode from 'vscode';
import { checkDraftName } from '../../workshop/rules.ts';
import { askText } from '../kit/arguments.ts';
import { draftArgument } from './draftArguments.ts';
import type { Command } from '../kit/command.ts';
import type { DraftServices } from './draftServices.ts';

/** An open document moves to the new name by itself. */
export const renameDraft: Command<DraftServices> = {
	id: 'renameDraft',
	async run(services, argument, name) {
		const draftId = await draftArgument(services, argument);
		const store = await services.openStore();
		const draft = await store.read(({ drafts }) => drafts.get(draftId));
		const draftName =
			typeof name === 'string'
				? name
				: await askText({ title: vscode.l10n.t('Rename Draft'), value: draft.draftName ?? '' }, checkDraftName);
		return services.workshop.update(draftId, { draftName });
	},
};
