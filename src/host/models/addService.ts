import * as vscode from 'vscode';
import { isModelName } from '../../common/modelName.ts';
import { endpointOf } from '../../providers/all.ts';
import type { Service } from '../../providers/services.ts';
import type { ProviderConfig } from '../../providers/provider.ts';
import { showInformation, showInput } from '../kit/notify.ts';
import { plural } from '../kit/plural.ts';
import { providerConfigs, updateProviders } from '../kit/settings.ts';
import { requireFreeId } from './askConnection.ts';
import { chooseService } from './chooseService.ts';
import { connect, type Connected } from './connect.ts';
import type { ModelServices } from './modelServices.ts';
import { isOffered } from './modelRows.ts';
import { showModels } from './showModels.ts';

/**
 * Asks for what a service needs, tests the connection, saves settings and key, and offers the models. Resolves to the provider,
 * with the chosen `model` as `provider/model`.
 */
export async function addService(services: ModelServices): Promise<ProviderConfig & { model?: string }> {
	const service = await chooseService();
	const connected = await connect(services.keys, service);
	await save(services, connected);
	void showInformation(resultOf(connected));
	const model = connected.works ? await chooseAdded(services, service, connected) : undefined;
	return { ...connected.config, ...(model !== undefined && { model }) };
}

/** The key comes first, so that a locked secret storage leaves the settings as they are. */
async function save({ keys, statedPrices }: ModelServices, { config, key, exists, models }: Connected): Promise<void> {
	if (!exists) {
		requireFreeId(config.id);
	}
	if (key !== undefined) {
		await keys.set(config, key);
	}
	if (!exists) {
		await updateProviders([...providerConfigs(), config]);
	}
	statedPrices.keep(endpointOf(config), models);
}

/** What was found and saved. The count comes early: VS Code shows one line of a message. */
function resultOf({ config, label, models, works }: Connected): string {
	if (!works) {
		return vscode.l10n.t('{0} is saved, although its test failed', label);
	}
	if (models.length === 0) {
		return vscode.l10n.t('{0} works, but has no model yet. Add one there, then run "Choose Model".', label);
	}
	const chatting = models.filter((model) => isOffered(model, new Set())).length;
	const { id, baseUrl } = endpointOf(config);
	return plural(
		models.length,
		vscode.l10n.t('{0} works: it has one model. Saved as "{1}", at {2}', label, id, baseUrl),
		vscode.l10n.t(
			'{0} works: {1} of {2} models can chat. Saved as "{3}", at {4}',
			label,
			chatting,
			models.length,
			id,
			baseUrl,
		),
	);
}

/** Lets the user choose a model of the new provider for chat and tests, or leave it for later. */
async function chooseAdded(
	{ modelChoice }: ModelServices,
	{ note }: Service,
	{ config, label, models }: Connected,
): Promise<string | undefined> {
	if (models.length === 0) {
		return undefined;
	}
	const { id } = config;
	const picked = await showModels(
		{
			title: vscode.l10n.t('Choose a model of {0} for chat and tests', label),
			placeholder: note?.() ?? vscode.l10n.t('Press Escape to choose later'),
			fixed: [
				{ label: vscode.l10n.t('$(edit) Enter a model name…'), action: 'type', alwaysShow: true },
				{ label: vscode.l10n.t('$(arrow-right) Choose later'), action: 'skip' },
			],
			order: [id],
			named: new Set(),
			list: async (_signal, onListed) => onListed({ provider: id, models }),
		},
		undefined,
	);
	const model = picked?.action === 'type' ? await askName(id, picked.typed) : picked?.model;
	if (model !== undefined) {
		await modelChoice.set('chat', model);
		await modelChoice.set('test', model);
	}
	return model;
}

/** `provider/model` with the name that the user enters; undefined if the user leaves. */
async function askName(provider: string, typed = ''): Promise<string | undefined> {
	const name = await showInput({
		title: vscode.l10n.t('Model'),
		prompt: vscode.l10n.t('The name of the model'),
		value: typed,
		ignoreFocusOut: true,
		validateInput: (text) =>
			isModelName(`${provider}/${text}`) ? undefined : vscode.l10n.t('Enter a name without spaces'),
	});
	return name === undefined ? undefined : `${provider}/${name}`;
}
