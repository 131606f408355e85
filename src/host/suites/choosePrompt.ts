import * as vscode from 'vscode';
import { draftTitle } from '../../common/draftTitle.ts';
import type { PromptReference } from '../../common/suiteModel.ts';
import { withoutIcons } from '../../common/visibleText.ts';
import { chosen } from '../kit/arguments.ts';
import { showPick } from '../kit/pick.ts';
import type { SuiteServices } from './suiteServices.ts';

/** Lets the user choose the draft or prompt that a suite tests which names none. */
export async function choosePrompt({ openStore }: Pick<SuiteServices, 'openStore'>): Promise<PromptReference> {
	const store = await openStore();
	const items = await store.read(({ drafts, prompts }) => [
		...drafts.list().map((draft) => ({
			label: withoutIcons(draftTitle(draft)),
			description: vscode.l10n.t('draft'),
			reference: `draft:${draft.id}`,
		})),
		...prompts.list().map(({ title, name }) => ({
			label: withoutIcons(title),
			description: name,
			reference: `library:${name}`,
		})),
	]);
	const placeHolder = vscode.l10n.t('The suite names no prompt. Choose what it tests');
	return chosen(await showPick(items, { placeHolder, matchOnDescription: true })).reference;
}
