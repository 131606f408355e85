import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { showPick } from '../kit/pick.ts';
import { chosen } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import type { StoreServices } from './storeServices.ts';
import { trashKindLabel } from './trashKindLabel.ts';

/** Puts back a deleted draft, result or prompt of the last 30 days. */
export const restoreDeleted: Command<StoreServices> = {
	id: 'restoreDeleted',
	async run(services, trashId) {
		if (typeof trashId === 'number') {
			await services.workshop.undoDelete(trashId);
			return;
		}
		const store = await services.openStore();
		const deleted = await store.read(({ trash }) => trash.list());
		if (deleted.length === 0) {
			throw new AppError('not-found', vscode.l10n.t('Nothing was deleted in the last 30 days'));
		}
		const items = deleted.map(({ id, kind, label, deletedAt }) => ({
			label,
			description: `${trashKindLabel(kind)} · ${new Date(deletedAt).toLocaleString()}`,
			id,
		}));
		const placeHolder = vscode.l10n.t('Choose what to restore. Deleted items are kept for 30 days');
		const picked = chosen(await showPick(items, { placeHolder, matchOnDescription: true, ignoreFocusOut: true }));
		await services.workshop.undoDelete(picked.id);
	},
};
