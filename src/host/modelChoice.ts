import * as vscode from 'vscode';
import { AppError } from '../common/errors.ts';
import { showInput } from './kit/notify.ts';
import type { Services } from './services.ts';
import { chosenModel, rememberModel } from './settings.ts';
import type { ModelUse } from '../workshop/context.ts';

type Choice = vscode.QuickPickItem & { model?: string; action?: 'type' | 'key' | 'provider'; typed?: string };

/** What choosing a model needs; the commands that set a key or add a server are reached by id. */
export type ModelChoiceServices = Pick<Services, 'models'>;

let asking: Promise<string> | undefined;

/**
 * The given model, the setting's, or the one that the user now chooses. Asked once: the choice serves chat and tests
 * until one of them is set by itself, and nothing is sent before it. Callers that ask at the same time share the question.
 */
export async function chooseModel(
	services: ModelChoiceServices,
	use: ModelUse,
	given: string | undefined,
): Promise<string> {
	const known = given ?? chosenModel(use);
	if (known !== undefined) {
		requireModelForm(known);
		return known;
	}
	asking ??= pickModel(services).finally(() => {
		asking = undefined;
	});
	const model = await asking;
	for (const one of ['chat', 'test'] as const) {
		if (chosenModel(one) === undefined) {
			await rememberModel(one, model);
		}
	}
	return model;
}

function requireModelForm(model: string): void {
	if (!/^[^/\s]+\/\S+$/.test(model)) {
		throw new AppError(
			'validation',
			vscode.l10n.t('A model is written as provider/model, for example anthropic/…; this is "{0}"', model),
			{ info: { field: 'model' } },
		);
	}
}

/** Lets the user pick from what the providers list, type any name, or first add a key or a server. */
export async function pickModel(services: ModelChoiceServices): Promise<string> {
	for (;;) {
		const choice = await ask(services);
		if (!choice) {
			throw new AppError('cancelled', 'No model was chosen');
		}
		switch (choice.action) {
			case 'key':
				await vscode.commands.executeCommand('promptWorkshop.setApiKey');
				break;
			case 'provider':
				await vscode.commands.executeCommand('promptWorkshop.addProvider');
				break;
			case 'type': {
				const typed = await showInput({
					title: vscode.l10n.t('Model'),
					prompt: vscode.l10n.t('As provider/model'),
					value: choice.typed ?? '',
					ignoreFocusOut: true,
				});
				if (typed !== undefined) {
					requireModelForm(typed);
					return typed;
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

/** Shows the choices while the providers' lists are still arriving. */
async function ask(services: ModelChoiceServices): Promise<Choice | undefined> {
	const pick = vscode.window.createQuickPick<Choice>();
	const controller = new AbortController();
	pick.title = vscode.l10n.t('Choose a model');
	pick.placeholder = vscode.l10n.t('No text of yours is sent before you choose. "Choose Model" changes it later');
	pick.ignoreFocusOut = true;
	pick.matchOnDescription = true;
	pick.busy = true;
	pick.items = fixedChoices();
	pick.show();
	services
		.models()
		.list(controller.signal)
		.then((providers) => {
			const listed = providers.flatMap(listedChoices);
			const more = { label: vscode.l10n.t('More'), kind: vscode.QuickPickItemKind.Separator };
			const failed = providers.flatMap(failedChoice);
			const notListed = {
				label: vscode.l10n.t('Gave no list of models'),
				kind: vscode.QuickPickItemKind.Separator,
			};
			pick.items = [
				...listed,
				...(listed.length > 0 ? [more] : []),
				...fixedChoices(),
				...(failed.length > 0 ? [notListed] : []),
				...failed,
			];
		})
		.catch((error: unknown) => {
			pick.placeholder = error instanceof Error ? error.message : String(error);
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
		});
	} finally {
		controller.abort();
		pick.dispose();
	}
}

function fixedChoices(): Choice[] {
	return [
		{
			label: vscode.l10n.t('$(key) Set an API key…'),
			detail: vscode.l10n.t('For Anthropic, OpenAI or a provider of your own'),
			action: 'key',
		},
		{
			label: vscode.l10n.t('$(server) Add a provider…'),
			detail: vscode.l10n.t('Ollama, LM Studio, or any OpenAI-compatible server'),
			action: 'provider',
		},
		// Stays when what was typed into the list is in none of it: then that is the name.
		{ label: vscode.l10n.t('$(edit) Type a model name…'), action: 'type', alwaysShow: true },
		{
			label: vscode.l10n.t('$(compass) Built-in guide'),
			description: 'offline/guide',
			detail: vscode.l10n.t('Works without a key. It is not a language model and says so'),
			model: 'offline/guide',
		},
	];
}

type ListedProvider = Awaited<ReturnType<ReturnType<Services['models']>['list']>>[number];

/** A provider that gave no list, and why; choosing it asks all of them again. */
function failedChoice({ provider, error }: ListedProvider): Choice[] {
	return error === undefined ? [] : [{ label: `$(circle-slash) ${provider}`, detail: error }];
}

function listedChoices({ provider, models }: ListedProvider): Choice[] {
	const listed = models.filter(({ id }) => id !== 'offline/guide');
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
