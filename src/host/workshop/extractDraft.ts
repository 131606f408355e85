import * as vscode from 'vscode';
import { draftTitle } from '../../common/draftTitle.ts';
import type { Draft } from '../../common/model.ts';
import type { ExtractableBlocks } from '../../workshop/extractDraft.ts';
import { draftUri, currentText } from '../drafts/draftUri.ts';
import { readOnlyUri } from '../kit/readOnlyDocuments.ts';
import { showDiff } from '../kit/showDiff.ts';
import { showInformation } from '../kit/notify.ts';
import { showPick } from '../kit/pick.ts';
import { cancelled, chosen, optionsArgument } from '../kit/arguments.ts';
import { draftArgument } from '../drafts/draftArguments.ts';
import type { Command } from '../kit/command.ts';
import type { WorkshopServices } from './workshopServices.ts';

/** Makes a fenced block the draft's text. If the draft has text, the difference is shown first. */
export const extractDraft: Command<WorkshopServices> = {
	id: 'extractDraft',
	async run(services, argument, options) {
		const draftId = await draftArgument(services, argument);
		const { blocks, proposed } = await services.workshop.extractable(draftId);
		const given = optionsArgument(options)['block'];
		const block = typeof given === 'number' ? given : await chooseBlock(blocks, proposed);
		const store = await services.openStore();
		const draft = await store.read(({ drafts }) => drafts.get(draftId));
		const text = blocks[block]?.content;
		if (typeof given !== 'number' && currentText(draft).trim() !== '' && text !== currentText(draft)) {
			await confirmDifference(draftUri(store.status.storeId, draft), draft, block);
		}
		const extracted = await services.workshop.extract(draftId, { block });
		return { draftId, content: extracted.draftContent };
	},
};

/** The proposed block comes first, then the others from last to first. */
async function chooseBlock(blocks: ExtractableBlocks['blocks'], proposed: number): Promise<number> {
	if (blocks.length === 1) {
		return 0;
	}
	const items = blocks.map(({ language, content, closed }, index) => ({
		label: content.trim().split('\n')[0] ?? '',
		description: vscode.l10n.t('{0} characters', content.length.toLocaleString()),
		detail: [language, closed ? '' : vscode.l10n.t('not closed')].filter(Boolean).join(' · '),
		index,
	}));
	const ordered = [...items.splice(proposed, 1), ...items.reverse()];
	const placeHolder = vscode.l10n.t('The answer has several blocks. Which one is the prompt?');
	return chosen(await showPick(ordered, { placeHolder, ignoreFocusOut: true })).index;
}

async function confirmDifference(draftDocument: vscode.Uri, draft: Draft, block: number): Promise<void> {
	const title = draftTitle(draft);
	await showDiff(
		draftDocument,
		readOnlyUri({ kind: 'extract', key: `${draft.id}:${block}`, title }),
		vscode.l10n.t('{0}: draft ↔ new block', title),
	);
	const replace = vscode.l10n.t('Replace');
	const answer = await showInformation(
		vscode.l10n.t('Replace the draft with the new block?'),
		{ modal: false },
		replace,
		vscode.l10n.t('Keep Draft'),
	);
	await closeDiff(draft.id, block);
	if (answer !== replace) {
		throw cancelled();
	}
}

async function closeDiff(draftId: number, block: number): Promise<void> {
	const key = encodeURIComponent(`${draftId}:${block}`);
	const tabs = vscode.window.tabGroups.all
		.flatMap((group) => group.tabs)
		.filter(({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.path.startsWith(`/${key}/`));
	await vscode.window.tabGroups.close(tabs);
}
