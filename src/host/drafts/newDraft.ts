import * as vscode from 'vscode';
import type { StartOptions, StartedWorkshop } from '../../common/api.ts';
import { promptKinds } from '../../common/model.ts';
import { promptKindDetail, promptKindTitle } from '../../common/promptKindLabel.ts';
import { checkDraftName, checkKind } from '../../workshop/rules.ts';
import type { StartFromTemplate } from '../../workshop/startWorkshop.ts';
import { showDraft } from './draftFileSystem.ts';
import type { DraftServices } from './draftServices.ts';
import { startedAnswer } from './startedAnswer.ts';
import { askInSteps } from '../kit/askInSteps.ts';
import type { Command } from '../kit/command.ts';

/** Asks for kind, name and requirements unless options are given. */
export const newDraft: Command<DraftServices> = {
	id: 'newDraft',
	async run(services, options) {
		return openStarted(services, options === undefined ? await askOptions() : (options as StartOptions));
	},
};

async function askOptions(): Promise<StartOptions> {
	const { kind, draftName, requirements } = await askInSteps<'kind' | 'draftName' | 'requirements'>(
		vscode.l10n.t('New Draft'),
		{},
		({ kind = 'research' }) => [
			{ key: 'kind', prompt: vscode.l10n.t('What is the prompt for?'), choices: kindChoices() },
			{
				key: 'draftName',
				prompt: vscode.l10n.t('A name for the draft'),
				placeHolder: exampleOf(kind).name,
				check: checkDraftName,
			},
			{
				key: 'requirements',
				prompt: vscode.l10n.t('What should it do, and for whom? If you leave this empty, the workshop asks'),
				placeHolder: exampleOf(kind).requirements,
			},
		],
	);
	checkKind(kind);
	return { kind, draftName, ...(requirements.trim() !== '' && { requirements }) };
}

function kindChoices() {
	return promptKinds.map((kind) => ({
		value: kind,
		label: promptKindTitle(kind),
		detail: promptKindDetail(kind),
	}));
}

/** Examples in the empty fields. */
function exampleOf(kind: string): { name: string; requirements: string } {
	switch (kind) {
		case 'assistant':
			return {
				name: vscode.l10n.t('Code reviewer'),
				requirements: vscode.l10n.t(
					'Review pull requests and say what will break, for the developers who merge them',
				),
			};
		case 'agent':
			return {
				name: vscode.l10n.t('Order desk'),
				requirements: vscode.l10n.t('Settle questions about orders with our order tools, for customers'),
			};
		default:
			return {
				name: vscode.l10n.t('Release analyst'),
				requirements: vscode.l10n.t('Tell engineering managers what a release changes and what it may break'),
			};
	}
}

/** Starts a workshop and shows it, with the document on the left and the panel beside it. */
export async function openStarted(
	services: DraftServices,
	options: StartOptions & StartFromTemplate,
): Promise<StartedWorkshop> {
	return showStarted(services, await services.workshop.start(options));
}

export async function showStarted(
	services: DraftServices,
	started: Awaited<ReturnType<DraftServices['workshop']['start']>>,
): Promise<StartedWorkshop> {
	const { draft } = started;
	await showDraft(await services.openStore(), draft, { viewColumn: vscode.ViewColumn.One });
	await services.panels.open(draft.id, { column: vscode.ViewColumn.Beside });
	return startedAnswer(started);
}
