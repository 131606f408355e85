import * as vscode from 'vscode';
import { draftTitle } from '../../common/draftTitle.ts';
import { draftStatusLabel } from '../../common/draftStatusLabel.ts';
import { AppError } from '../../common/errors.ts';
import type { DraftSummary } from '../../common/model.ts';
import { visibleText } from '../../common/visibleText.ts';
import { showDraft } from '../drafts/draftFileSystem.ts';
import { readOnlyUri } from '../kit/readOnlyDocuments.ts';
import type { LabServices } from './labServices.ts';
import { showInformation } from '../kit/notify.ts';
import { showPick } from '../kit/pick.ts';
import { cancelled, chosen, optionsArgument } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { activePage, sectionArgument } from './labArguments.ts';
import { openStarted } from '../drafts/newDraft.ts';

/**
 * Makes a prompt from the Lab the text of a new or existing (`draftId`) draft. The prompt is the given text or that of
 * a section of the open Lab panel. Without `draftId`, the user chooses a draft and sees the difference first.
 */
export const sendToDraft: Command<LabServices> = {
	id: 'sendToDraft',
	async run(services, argument, given) {
		const content = typeof argument === 'string' ? argument : await promptOfPanel(services);
		if (content.trim() === '') {
			throw new AppError('validation', vscode.l10n.t('The prompt is empty. Write one before sending it'));
		}
		const options = optionsArgument(given);
		const draftId = options['draftId'];
		if (typeof draftId === 'number') {
			return replace(services, draftId, content);
		}
		const draft = await pickDraft(services);
		if (!draft) {
			return openStarted(services, { startingPrompt: content });
		}
		if (draft.contentLength > 0) {
			await confirm(services, draft, content);
		}
		return replace(services, draft.id, content);
	},
};

async function replace(services: LabServices, draftId: number, content: string): Promise<{ draftId: number }> {
	const draft = await services.workshop.update(draftId, { draftContent: content });
	await showDraft(await services.openStore(), draft);
	return { draftId };
}

async function promptOfPanel(services: LabServices): Promise<string> {
	const { session } = await activePage(services);
	return session.prompt(await sectionArgument(session, undefined));
}

/** Undefined: a new draft. */
async function pickDraft(services: LabServices): Promise<DraftSummary | undefined> {
	const store = await services.openStore();
	const drafts = await store.read((repositories) => repositories.drafts.list());
	const items: (vscode.QuickPickItem & { draft?: DraftSummary })[] = [
		{ label: vscode.l10n.t('New draft'), iconPath: new vscode.ThemeIcon('add') },
		...drafts.map((draft) => ({
			label: draftTitle(draft),
			description: draftStatusLabel(draft.status),
			draft,
		})),
	];
	const placeHolder = vscode.l10n.t('Choose a draft to send the prompt to');
	return chosen(await showPick(items, { placeHolder })).draft;
}

async function confirm({ labPanels }: LabServices, draft: DraftSummary, content: string): Promise<void> {
	const title = draftTitle(draft);
	await vscode.commands.executeCommand(
		'vscode.diff',
		readOnlyUri({ kind: 'saved-draft', key: String(draft.id), title }),
		labPanels.documents.add(content, 'prompt.md'),
		visibleText(vscode.l10n.t('{0}: draft ↔ Lab prompt', title)),
		{ preview: true },
	);
	const replaceIt = vscode.l10n.t('Replace');
	const answer = await showInformation(
		vscode.l10n.t(
			'Replace the text of {0} with the prompt from the Lab? The old text is kept as a version.',
			title,
		),
		replaceIt,
		vscode.l10n.t('Keep Draft'),
	);
	if (answer !== replaceIt) {
		throw cancelled();
	}
}
