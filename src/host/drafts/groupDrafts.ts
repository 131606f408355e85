import * as vscode from 'vscode';
import { showPick } from '../kit/pick.ts';
import { chosen } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import type { DraftServices } from './draftServices.ts';

export const groupDrafts: Command<DraftServices> = {
	id: 'groupDrafts',
	async run(services) {
		const items = [
			{ label: vscode.l10n.t('No grouping'), grouping: 'none' as const },
			{ label: vscode.l10n.t('By status'), grouping: 'status' as const },
			{ label: vscode.l10n.t('By parent prompt'), grouping: 'parent' as const },
		];
		const shown = items.map((item) => ({
			...item,
			...(item.grouping === services.draftsTree.grouping && { description: vscode.l10n.t('current') }),
		}));
		const placeHolder = vscode.l10n.t('Group drafts');
		await services.draftsTree.setGrouping(chosen(await showPick(shown, { placeHolder })).grouping);
	},
};
