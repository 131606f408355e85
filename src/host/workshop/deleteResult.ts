import * as vscode from 'vscode';
import { resultArgument } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { offerUndo } from '../kit/offerUndo.ts';

export const deleteResult: Command = {
	id: 'deleteResult',
	async run(services, argument) {
		const trashId = await services.workshop.removeResult(await resultArgument(services, argument));
		offerUndo(vscode.l10n.t('The test result was deleted'), () => services.workshop.undoDelete(trashId));
	},
};
