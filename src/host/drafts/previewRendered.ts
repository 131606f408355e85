import * as vscode from 'vscode';
import { draftTitle } from '../../common/draftTitle.ts';
import type { Command } from '../kit/command.ts';
import { showReadOnly } from '../kit/readOnlyDocuments.ts';
import { draftArgument } from './draftArguments.ts';
import type { DraftServices } from './draftServices.ts';

/** Opens a draft with its variables filled in, beside its text. Resolves to the preview's text. */
export const previewRendered: Command<DraftServices> = {
	id: 'previewRendered',
	async run(services, argument) {
		const draftId = await draftArgument(services, argument);
		const store = await services.openStore();
		const name = draftTitle(await store.read(({ drafts }) => drafts.get(draftId)));
		const { document } = await showReadOnly(
			{ kind: 'rendered', key: String(draftId), title: vscode.l10n.t('Rendered {0}', name) },
			{ viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
		);
		return document.getText();
	},
};
