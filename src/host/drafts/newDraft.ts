import * as vscode from 'vscode';
import type { StartOptions, StartedWorkshop } from '../../common/api.ts';
import { checkDraftName } from '../../workshop/rules.ts';
import { showDraft } from './draftFileSystem.ts';
import type { DraftServices } from './draftServices.ts';
import { startedAnswer } from './startedAnswer.ts';
import { askInSteps } from '../kit/askInSteps.ts';
import type { Command } from '../kit/command.ts';

/** Asks for name and requirements unless options are given. */
export const newDraft: Command<DraftServices> = {
	id: 'newDraft',
	async run(services, options) {
		return openStarted(services, options === undefined ? await askOptions() : (options as StartOptions));
	},
};

async function askOptions(): Promise<StartOptions> {
	const { draftName, requirements } = await askInSteps<'draftName' | 'requirements'>(
		vscode.l10n.t('New Draft'),
		{},
		() => [
			{
				key: 'draftName',
				prompt: vscode.l10n.t('A name for the draft'),
				placeHolder: vscode.l10n.t('Release analyst'),
				check: checkDraftName,
			},
			{
				key: 'requirements',
				prompt: vscode.l10n.t(
					'What should the assistant do, and for whom? If you leave this empty, the workshop asks',
				),
				placeHolder: vscode.l10n.t('Tell engineering managers what a release changes and what it may break'),
			},
		],
	);
	return { draftName, ...(requirements.trim() !== '' && { requirements }) };
}

/** Starts a workshop and shows it, with the document on the left and the panel beside it. */
export async function openStarted(services: DraftServices, options: StartOptions): Promise<StartedWorkshop> {
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
