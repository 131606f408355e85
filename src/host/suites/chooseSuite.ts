import * as vscode from 'vscode';
import { draftTitle } from '../../common/draftTitle.ts';
import { withoutIcons } from '../../common/visibleText.ts';
import { chosen } from '../kit/arguments.ts';
import { showPick } from '../kit/pick.ts';
import type { SuiteServices } from './suiteServices.ts';
import { suiteOwnerOf, suiteUri } from './suiteUri.ts';

/** Lets the user choose a suite to add cases to; those of drafts are offered whether or not they exist. */
export async function chooseSuite({ openStore, suiteFiles }: SuiteServices): Promise<vscode.Uri> {
	const [names, store] = await Promise.all([suiteFiles.names(), openStore()]);
	const drafts = await store.read((repositories) => repositories.drafts.list());
	const items = names.map(({ uri, name }) => ({
		label: withoutIcons(name),
		description: suiteOwnerOf(uri) ? '' : vscode.l10n.t('file'),
		uri,
	}));
	const known = new Set(names.map(({ uri }) => uri.toString()));
	for (const draft of drafts) {
		const uri = suiteUri(store.status.storeId, { ownerKind: 'draft', ownerId: draft.id });
		if (!known.has(uri.toString())) {
			items.push({ label: withoutIcons(draftTitle(draft)), description: vscode.l10n.t('new suite'), uri });
		}
	}
	const placeHolder = vscode.l10n.t('Choose the suite that gets the case');
	return chosen(await showPick(items, { placeHolder, matchOnDescription: true })).uri;
}
