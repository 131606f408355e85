import * as vscode from 'vscode';
import { checkDescription } from '../../workshop/rules.ts';
import { askText } from '../kit/arguments.ts';
import { draftArgument } from './draftArguments.ts';
import type { Command } from '../kit/command.ts';
import type { DraftServices } from './draftServices.ts';

export const editDescription: Command<DraftServices> = {
	id: 'editDescription',
	async run(services, argument, description) {
		const draftId = await draftArgument(services, argument);
		const store = await services.openStore();
		const { draftDescription } = await store.read(({ drafts }) => drafts.get(draftId));
		const title = vscode.l10n.t('Edit Description');
		const given =
			typeof description === 'string'
				? description
				: await askText({ title, value: draftDescription ?? '' }, checkDescription);
		return services.workshop.update(draftId, { draftDescription: given });
	},
};
