import * as vscode from 'vscode';
import { DisposableStore } from '../../common/lifecycle.ts';
import { createModels } from '../../providers/models.ts';
import { createGuideProvider } from '../../guide/guide.ts';
import type { Prices } from '../../providers/prices.ts';
import type { Models } from '../../providers/provider.ts';
import type { StatedPrices } from '../../providers/statedPrices.ts';
import { createEditorProvider } from './editorProvider.ts';
import type { ApiKeys } from './apiKeys.ts';
import { withBuiltIn } from './withBuiltIn.ts';
import { applicationSetting, onDidChangeSettings, providerConfigs } from '../kit/settings.ts';

/**
 * The providers of the user's settings, rebuilt after a change. The built-in guide and the editor's models are always
 * included.
 */
export class ModelsOfSettings implements vscode.Disposable {
	readonly #disposables = new DisposableStore();
	readonly #keys: ApiKeys;
	readonly #log: vscode.LogOutputChannel;
	readonly #statedPrices: StatedPrices;
	#models: Models | undefined;

	constructor(keys: ApiKeys, statedPrices: StatedPrices, log: vscode.LogOutputChannel) {
		this.#keys = keys;
		this.#statedPrices = statedPrices;
		this.#log = log;
		for (const key of ['providers', 'prices']) {
			this.#disposables.add(
				onDidChangeSettings(key, () => {
					this.#models = undefined;
				}),
			);
		}
	}

	readonly get = (): Models => {
		this.#models ??= createModels(withBuiltIn(providerConfigs()), {
			getKey: (providerId, origin) => this.#keys.get(providerId, origin),
			makeOfflineProvider: ({ id }) => createGuideProvider(id),
			makeEditorProvider: (config) => createEditorProvider(config),
			prices: applicationSetting<Prices>('prices') ?? {},
			statedPrices: this.#statedPrices,
			log: {
				debug: (message) => this.#log.debug(`[providers] ${message}`),
				warn: (message) => this.#log.warn(`[providers] ${message}`),
			},
		});
		return this.#models;
	};

	dispose(): void {
		this.#disposables.dispose();
	}
}
