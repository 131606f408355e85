import * as vscode from 'vscode';
import { DisposableStore } from '../../common/lifecycle.ts';
import { createModels, type LimitedModels } from '../../providers/models.ts';
import { createGuideProvider } from '../../guide/guide.ts';
import type { Prices } from '../../providers/prices.ts';
import type { Models } from '../../providers/provider.ts';
import type { StatedPrices } from '../../providers/statedPrices.ts';
import { createEditorProvider } from './editorProvider.ts';
import type { ApiKeys } from './apiKeys.ts';
import { withBuiltIn } from './withBuiltIn.ts';
import { applicationSetting, onDidChangeSettings, providerConfigs, readSettings } from '../kit/settings.ts';

/**
 * The providers of the user's settings, rebuilt after a change. The built-in guide and the editor's models are always
 * included.
 */
export class ModelsOfSettings implements vscode.Disposable {
	readonly #disposables = new DisposableStore();
	readonly #keys: ApiKeys;
	readonly #log: vscode.LogOutputChannel;
	readonly #statedPrices: StatedPrices;
	#models: LimitedModels | undefined;

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
		// Providers stay as they are: requests that run keep their slots.
		const followLimit = () => this.#models?.allowParallel(readSettings().suites.concurrency);
		this.#disposables.add(onDidChangeSettings('suites.concurrency', followLimit));
		this.#disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(followLimit));
	}

	readonly get = (): Models => {
		this.#models ??= createModels(withBuiltIn(providerConfigs()), {
			getKey: (providerId, origin) => this.#keys.get(providerId, origin),
			makeOfflineProvider: ({ id }) => createGuideProvider(id),
			makeEditorProvider: (config) => createEditorProvider(config),
			prices: applicationSetting<Prices>('prices') ?? {},
			statedPrices: this.#statedPrices,
			maxParallel: readSettings().suites.concurrency,
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
