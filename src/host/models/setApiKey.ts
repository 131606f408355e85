import * as vscode from 'vscode';
import { AppError, toAppError } from '../../common/errors.ts';
import { kindOf } from '../../providers/all.ts';
import { providerConfigs } from '../kit/settings.ts';
import type { ModelServices } from './modelServices.ts';
import { runWithProgress, showInformation, showWarning } from '../kit/notify.ts';
import { showPick } from '../kit/pick.ts';
import { askText, chosen } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';

/** Stores a key for a provider at its current address, after checking it with a call. */
export const setApiKey: Command<ModelServices> = {
	id: 'setApiKey',
	async run(services, provider) {
		const config = await pickKeyProvider(provider);
		if (await agreesToEnvironment(services, config)) {
			return;
		}
		const key = await askText(
			{
				title: vscode.l10n.t('API key for {0}', config.id),
				prompt: vscode.l10n.t('Kept in VS Code’s secret storage, for {0} only', services.keys.originOf(config)),
				password: true,
			},
			(typed) => {
				if (typed.trim() === '') {
					throw new AppError(
						'validation',
						vscode.l10n.t('The key is empty. Use "Remove API Key" to remove one'),
					);
				}
			},
		);
		await checkThenStore(services, config, key.trim());
	},
};

/**
 * Asks whether to send the key of the environment to an address that it was not made for; false if there is no such
 * key.
 */
async function agreesToEnvironment(
	{ keys }: Pick<ModelServices, 'keys'>,
	config: ReturnType<typeof providerConfigs>[number],
): Promise<boolean> {
	const variable = keys.foreignVariable(config);
	if (variable === undefined) {
		return false;
	}
	const origin = keys.originOf(config);
	const use = { label: vscode.l10n.t('Send the key in {0} to {1}', variable, origin) };
	const other = { label: vscode.l10n.t('Enter another key') };
	const placeHolder = vscode.l10n.t('Choose the key to send to {0}', origin);
	const answer = chosen(await showPick([other, use], { placeHolder, ignoreFocusOut: true }));
	if (answer !== use) {
		return false;
	}
	await keys.agreeToEnvironment(config);
	void showInformation(vscode.l10n.t('The key in {0} will be sent to {1} from now on', variable, origin));
	return true;
}

async function checkThenStore(
	services: ModelServices,
	config: ReturnType<typeof providerConfigs>[number],
	key: string,
): Promise<void> {
	try {
		await runWithProgress(
			{
				location: vscode.ProgressLocation.Notification,
				title: vscode.l10n.t('Checking the key with {0}', config.id),
				cancellable: true,
			},
			(_progress, token) => {
				const controller = new AbortController();
				token.onCancellationRequested(() => controller.abort());
				return services.keys.check(config, key, controller.signal);
			},
		);
	} catch (thrown) {
		const store = vscode.l10n.t('Store Anyway');
		const again = vscode.l10n.t('Enter another key');
		const answer = await showWarning(toAppError(thrown).message, again, store);
		if (answer === again) {
			await setApiKey.run(services, config.id);
		}
		if (answer !== store) {
			return;
		}
	}
	await services.keys.set(config, key);
	void showInformation(vscode.l10n.t('The API key for {0} was stored', config.id));
}

/** The provider with that id, or the one that the user picks among those that need a key. */
export async function pickKeyProvider(given: unknown): Promise<ReturnType<typeof providerConfigs>[number]> {
	const configs = providerConfigs().filter(({ kind }) => kindOf(kind)?.isServer);
	const known = configs.find(({ id }) => id === given);
	if (known) {
		return known;
	}
	if (typeof given === 'string') {
		throw new AppError(
			'not-found',
			vscode.l10n.t('There is no provider with the id "{0}" that takes a key', given),
			{
				info: { field: 'provider' },
			},
		);
	}
	const items = configs.map((config) => ({
		label: config.id,
		...(config.baseUrl !== undefined && { description: config.baseUrl }),
		config,
	}));
	const placeHolder = vscode.l10n.t('Choose a provider');
	return chosen(await showPick(items, { placeHolder, ignoreFocusOut: true })).config;
}
