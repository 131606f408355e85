import * as vscode from 'vscode';
import { AppError, throwIfAborted } from '../../common/errors.ts';
import type { ListedModels, Models } from '../../providers/provider.ts';
import { showInput } from '../kit/notify.ts';
import { createPick, showPick } from '../kit/pick.ts';
import { tokenOf } from '../kit/tokenOf.ts';
import { guideModel } from './guideModel.ts';

type Choice = vscode.QuickPickItem & { model?: string; action?: 'type' | 'key' | 'provider'; typed?: string };

/**
 * Lets the user pick a listed model, type any name, or first add a key or a server with the commands for these. Rejects
 * with `cancelled` if the user leaves or the signal is aborted.
 */
export async function pickModel(
	models: Models,
	checkForm: (model: string) => string,
	signal?: AbortSignal,
): Promise<string> {
	for (;;) {
		throwIfAborted(signal);
		const choice = await ask(models, signal);
		if (!choice) {
			throw noModel();
		}
		switch (choice.action) {
			case 'key':
				await vscode.commands.executeCommand('promptWorkshop.setApiKey');
				break;
			case 'provider':
				await vscode.commands.executeCommand('promptWorkshop.addProvider');
				break;
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
			case undefined:
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
	const items: Choice[] = [
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

/**
 * Shows the choices while the providers' lists are still arriving. Preselects the first listed model, or the guide if
 * there is none, so that Enter leads to something that works.
 */
async function ask(models: Models, signal: AbortSignal | undefined): Promise<Choice | undefined> {
	const { pick, present } = createPick<Choice>();
	const controller = new AbortController();
	pick.ignoreFocusOut = true;
	pick.matchOnDescription = true;
	pick.busy = true;
	const guide = guideModel(models);
	const fixed = fixedChoices(guide);
	let preselected: string | undefined;
	const preselect = (rows: readonly Choice[]) => {
		pick.activeItems = rows.filter(({ model }) => model !== undefined).slice(0, 1);
		preselected = pick.activeItems[0]?.model;
	};
	preselect(
		present({
			title: vscode.l10n.t('Choose a model'),
			placeholder: vscode.l10n.t(
				'Nothing you write is sent until you choose. Use "Choose Model" to change it later',
			),
			items: fixed,
		}),
	);
	/** Shows the models listed so far and keeps the user's selection. */
	const draw = (providers: readonly ListedModels[]) => {
		const listed = providers.flatMap((provider) => listedChoices(provider, guide));
		const more = { label: vscode.l10n.t('More'), kind: vscode.QuickPickItemKind.Separator };
		const failed = providers.flatMap(failedChoice);
		const notListed = {
			label: vscode.l10n.t('Did not return a list of models'),
			kind: vscode.QuickPickItemKind.Separator,
		};
		const [active] = pick.activeItems;
		const rows = present({
			items: [
				...listed,
				...(listed.length > 0 ? [more] : []),
				...fixed,
				...(failed.length > 0 ? [notListed] : []),
				...failed,
			],
		});
		const same = rows.find(
			({ action, model }) =>
				(action ?? model) !== undefined && action === active?.action && model === active?.model,
		);
		if (same && same.model !== preselected) {
			pick.activeItems = [same];
		} else if (pick.value === '') {
			preselect(rows);
		}
	};
	pick.show();
	const order = models.providers.map(({ id }) => id);
	const arrived: ListedModels[] = [];
	models
		.list(controller.signal, (listed) => {
			if (!controller.signal.aborted) {
				arrived.push(listed);
				draw(arrived.toSorted((one, other) => order.indexOf(one.provider) - order.indexOf(other.provider)));
			}
		})
		.catch((error: unknown) => {
			present({ placeholder: error instanceof Error ? error.message : String(error) });
		})
		.finally(() => {
			pick.busy = false;
		});
	try {
		return await new Promise<Choice | undefined>((resolve) => {
			pick.onDidAccept(() => {
				const [selected] = pick.selectedItems;
				resolve(selected && { ...selected, typed: pick.value });
			});
			pick.onDidHide(() => resolve(undefined));
			signal?.addEventListener('abort', () => resolve(undefined), { signal: controller.signal });
		});
	} finally {
		controller.abort();
		pick.dispose();
	}
}

function fixedChoices(guide: string | undefined): Choice[] {
	return [
		{
			label: vscode.l10n.t('$(key) Set an API key…'),
			detail: vscode.l10n.t('For Anthropic, OpenAI or your own provider'),
			action: 'key',
		},
		{
			label: vscode.l10n.t('$(server) Add a provider…'),
			detail: vscode.l10n.t('Ollama, LM Studio, or any OpenAI-compatible server'),
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

/** A provider whose list failed, and why. Choosing it lists all providers again. */
function failedChoice({ provider, error }: ListedModels): Choice[] {
	return error === undefined ? [] : [{ label: `$(circle-slash) ${provider}`, detail: error }];
}

function listedChoices({ provider, models }: ListedModels, guide: string | undefined): Choice[] {
	const listed = models.filter(({ id }) => id !== guide);
	if (listed.length === 0) {
		return [];
	}
	return [
		{ label: provider, kind: vscode.QuickPickItemKind.Separator },
		...listed.map(({ id, name, detail }) => ({
			label: name,
			description: id,
			...(detail !== undefined && { detail }),
			model: id,
		})),
	];
}
