import * as vscode from 'vscode';
import { AppError, throwIfAborted } from '../../common/errors.ts';
import type { Models } from '../../providers/provider.ts';
import { property } from '../kit/arguments.ts';
import { showInput } from '../kit/notify.ts';
import { showPick } from '../kit/pick.ts';
import { modelSettings } from '../kit/settings.ts';
import { tokenOf } from '../kit/tokenOf.ts';
import { guideModel } from './guideModel.ts';
import type { ModelRow } from './modelRows.ts';
import { showModels } from './showModels.ts';

/**
 * Lets the user pick a listed model, type any name, or first add a key or a server with the commands for these. Rejects
 * with `cancelled` if the user leaves or the signal is aborted. `placeholder`: what the model is for, if that is not plain.
 */
export async function pickModel(
	models: Models,
	checkForm: (model: string) => string,
	signal?: AbortSignal,
	placeholder?: string,
): Promise<string> {
	for (;;) {
		throwIfAborted(signal);
		const choice = await ask(models, signal, placeholder);
		if (!choice) {
			throw noModel();
		}
		switch (choice.action) {
			case 'key':
				await vscode.commands.executeCommand('promptWorkshop.setApiKey');
				break;
			case 'provider': {
				const added = await vscode.commands.executeCommand('promptWorkshop.addProvider');
				const model = property(added, 'model');
				if (typeof model === 'string') {
					return model;
				}
				break;
			}
			case 'type': {
				const typed = await showInput(
					{
						title: vscode.l10n.t('Model'),
						prompt: vscode.l10n.t('As provider/model'),
						value: choice.typed ?? '',
						ignoreFocusOut: true,
					},
					signal && tokenOf(signal),
				);
				if (typed !== undefined) {
					return checkForm(typed);
				}
				break;
			}
			default:
				if (choice.model !== undefined) {
					return choice.model;
				}
		}
	}
}

/**
 * Asks whether a model named by the workspace's settings may be used. Resolves to it, to the user's own model, or to
 * undefined if the user wants to choose another. Rejects with `cancelled` like `pickModel`.
 */
export async function askAboutModel(
	model: string,
	own: string | undefined,
	signal: AbortSignal,
): Promise<string | undefined> {
	const items: ModelRow[] = [
		...(own === undefined
			? []
			: [{ label: own, description: vscode.l10n.t('from your user settings'), model: own }]),
		{ label: model, description: vscode.l10n.t('from the settings of this workspace'), model },
		{ label: vscode.l10n.t('$(list-unordered) Choose another model…') },
	];
	const title = vscode.l10n.t('Use the model that this workspace names?');
	const placeHolder = vscode.l10n.t('Nothing is sent until you choose. You are asked once in each workspace');
	const choice = await showPick(items, { title, placeHolder, ignoreFocusOut: true }, tokenOf(signal));
	if (!choice) {
		throw noModel();
	}
	return choice.model;
}

function noModel(): AppError {
	return new AppError('cancelled', 'No model was chosen');
}

async function ask(
	models: Models,
	signal: AbortSignal | undefined,
	placeholder = vscode.l10n.t('Nothing you write is sent until you choose. Use "Choose Model" to change it later'),
): Promise<ModelRow | undefined> {
	const guide = guideModel(models);
	const named = (['chat', 'test'] as const).flatMap((use) => modelSettings(use).user ?? []);
	return showModels(
		{
			title: vscode.l10n.t('Choose a model'),
			placeholder,
			fixed: fixedRows(guide),
			order: models.providers.map(({ id }) => id),
			named: new Set(named),
			elsewhere: guide,
			list: (listing, onListed) => models.list(listing, onListed),
		},
		signal,
	);
}

function fixedRows(guide: string | undefined): ModelRow[] {
	return [
		{
			label: vscode.l10n.t('$(key) Set an API key…'),
			detail: vscode.l10n.t('For Anthropic, OpenAI or your own provider'),
			action: 'key',
		},
		{
			label: vscode.l10n.t('$(server) Add a provider…'),
			detail: vscode.l10n.t('OpenRouter, Gemini, Groq and others, Ollama or another server on this machine'),
			action: 'provider',
		},
		// Stays visible if the typed text matches no entry: then the text is the model name.
		{ label: vscode.l10n.t('$(edit) Enter a model name…'), action: 'type', alwaysShow: true },
		...(guide === undefined
			? []
			: [
					{
						label: vscode.l10n.t('$(compass) Built-in guide'),
						description: guide,
						detail: vscode.l10n.t('Works without a key. It is not a language model and says so'),
						model: guide,
					},
				]),
	];
}
