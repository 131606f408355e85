import * as vscode from 'vscode';
import { createInput } from '../kit/notify.ts';
import type { Command } from '../kit/command.ts';
import type { DraftServices } from './draftServices.ts';

/** Shows only drafts with the given words, or with what the user types. Cancelling restores the previous filter. */
export const filterDrafts: Command<DraftServices> = {
	id: 'filterDrafts',
	async run({ draftsTree }, text) {
		if (typeof text === 'string') {
			draftsTree.setFilter(text);
			return;
		}
		const before = draftsTree.filter;
		const { box } = createInput(
			vscode.l10n.t('Words in the name, description, parent prompt or status. Leave empty to show all drafts'),
		);
		box.title = vscode.l10n.t('Filter Drafts');
		box.value = before;
		box.onDidChangeValue((value) => draftsTree.setFilter(value));
		box.ignoreFocusOut = true;
		const accepted = await new Promise<boolean>((resolve) => {
			box.onDidAccept(() => resolve(true));
			box.onDidHide(() => resolve(false));
			box.show();
		});
		box.dispose();
		if (!accepted) {
			draftsTree.setFilter(before);
		}
	},
};
