import * as vscode from 'vscode';
import { toAppError } from '../../common/errors.ts';
import { showInformation } from './notify.ts';
import { showError } from './command.ts';

/** Reports a removal and offers to undo it. */
export function offerUndo(message: string, putBack: () => unknown): void {
	const undo = vscode.l10n.t('Undo');
	void (async () => {
		try {
			if ((await showInformation(message, undo)) === undo) {
				await putBack();
			}
		} catch (thrown) {
			await showError(toAppError(thrown));
		}
	})();
}
