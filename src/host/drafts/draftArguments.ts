import * as vscode from 'vscode';
import { draftTitle } from '../../common/draftTitle.ts';
import { draftStatusLabel } from '../../common/draftStatusLabel.ts';
import { AppError } from '../../common/errors.ts';
import type { DraftSummary } from '../../common/model.ts';
import { withoutIcons } from '../../common/visibleText.ts';
import { chosen, property } from '../kit/arguments.ts';
import { showPick } from '../kit/pick.ts';
import type { DraftServices } from './draftServices.ts';
import { draftIdOf } from './draftUri.ts';

type Services = Pick<DraftServices, 'openStore' | 'panels'>;

/**
 * A draft's id from a number, a tree item or a document. If the argument is absent, it is the draft of the active
 * editor or panel, or the user's choice. An argument that names no draft is an error.
 */
export async function draftArgument(services: Services, argument: unknown): Promise<number> {
	if (argument !== undefined) {
		const given =
			argument instanceof vscode.Uri ? draftIdOf(argument) : (property(argument, 'draftId') ?? argument);
		const id = Number(given);
		if (!Number.isSafeInteger(id) || id < 1) {
			throw new AppError('validation', vscode.l10n.t('The argument does not name a draft'), {
				info: { field: 'draft' },
			});
		}
		return id;
	}
	const uri = vscode.window.activeTextEditor?.document.uri;
	const id = uri === undefined ? undefined : draftIdOf(uri);
	return id ?? services.panels.activeDraftId ?? (await pickDraft(services)).id;
}

/** Several drafts if several are selected in the tree. */
export async function draftArguments(services: Services, item: unknown, selection: unknown): Promise<number[]> {
	const items = Array.isArray(selection) && selection.length > 0 ? selection : [item];
	return Promise.all(items.map((one: unknown) => draftArgument(services, one)));
}

async function pickDraft(services: Services): Promise<DraftSummary> {
	const store = await services.openStore();
	const drafts = await store.read((repositories) => repositories.drafts.list());
	if (drafts.length === 0) {
		throw new AppError('not-found', vscode.l10n.t('There are no drafts yet. Use "New Draft" to create one'), {
			info: { remedy: 'newDraft' },
		});
	}
	const items = drafts.map((draft) => ({
		label: withoutIcons(draftTitle(draft)),
		description: draftStatusLabel(draft.status),
		draft,
	}));
	return chosen(await showPick(items, { placeHolder: vscode.l10n.t('Choose a draft') })).draft;
}
