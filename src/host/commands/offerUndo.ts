import * as vscode from 'vscode';
import { toAppError } from '../../common/errors.ts';
import type { Services } from '../services.ts';
import { showInformation } from '../kit/notify.ts';
import { showError } from './command.ts';

/** Says what was deleted and offers to put it back. */
export function offerUndo(services: Pick<Services, 'workshop'>, trashIds: readonly number[], message: string): void {
	const undo = vscode.l10n.t('Undo');
	void (async () => {
		try {
			if ((await showInformation(message, undo)) === undo) {
				for (const id of trashIds) {
					await services.workshop.undoDelete(id);
				}
			}
		} catch (thrown) {
			await showError(toAppError(thrown));
		}
	})();
}
