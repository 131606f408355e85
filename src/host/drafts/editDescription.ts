import * as vscode from 'vscode';
import { checkDescription } from '../../workshop/rules.ts';
import { askText, draftArgument } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';

export const editDescription: Command = {
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
