import * as vscode from 'vscode';
import { resultArgument } from '../drafts/resultArguments.ts';
import type { Command } from '../kit/command.ts';
import type { WorkshopServices } from './workshopServices.ts';
import { offerUndo } from '../kit/offerUndo.ts';

export const deleteResult: Command<WorkshopServices> = {
	id: 'deleteResult',
	async run(services, argument) {
		const trashId = await services.workshop.removeResult(await resultArgument(services, argument));
		offerUndo(vscode.l10n.t('The test result was deleted'), () => services.workshop.undoDelete(trashId));
	},
};
