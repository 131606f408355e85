import * as vscode from 'vscode';
import { showDraft } from '../drafts/draftFileSystem.ts';
import { openDraftDocument } from '../drafts/draftUri.ts';
import { draftArgument } from '../drafts/draftArguments.ts';
import type { Command } from '../kit/command.ts';
import type { WorkshopServices } from './workshopServices.ts';

export const openWorkshop: Command<WorkshopServices> = {
	id: 'openWorkshop',
	async run(services, argument) {
		const draftId = await draftArgument(services, argument);
		const store = await services.openStore();
		const draft = await store.read(({ drafts }) => drafts.get(draftId));
		if (!openDraftDocument(draftId)) {
			await showDraft(store, draft, { viewColumn: vscode.ViewColumn.One });
		}
		await services.panels.open(draftId, { column: vscode.ViewColumn.Beside });
	},
};
