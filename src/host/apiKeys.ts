import type * as vscode from 'vscode';
import { resolveEndpoint } from '../providers/endpoint.ts';
import { checkKey, getKey, removeKey, setKey } from '../providers/keys.ts';
import { createGuideProvider } from '../guide/guide.ts';
import type { ProviderConfig } from '../providers/provider.ts';

/** API keys in VS Code's secret storage, each bound to a provider's id and origin. */
export class ApiKeys {
	readonly #secrets: vscode.SecretStorage;
	readonly #log: vscode.LogOutputChannel;

	constructor(secrets: vscode.SecretStorage, log: vscode.LogOutputChannel) {
		this.#secrets = secrets;
		this.#log = log;
	}

	/** The stored key, or the one of the environment. */
	get(providerId: string, origin: string): Promise<string | undefined> {
		return getKey(this.#secrets, { id: providerId, origin }, process.env);
	}

	set(config: ProviderConfig, key: string): Promise<void> {
		return setKey(this.#secrets, resolveEndpoint(config), key);
	}

	remove(config: ProviderConfig): Promise<void> {
		return removeKey(this.#secrets, resolveEndpoint(config));
	}

	/** Lists models with the key. False where the provider has no list, so that nothing is known. */
	check(config: ProviderConfig, key: string, signal: AbortSignal): Promise<boolean> {
		const deps = { log: this.#log, makeOfflineProvider: ({ id }: ProviderConfig) => createGuideProvider(id) };
		return checkKey(config, key, deps, signal);
	}

	/** Where the key would go. */
	originOf(config: ProviderConfig): string {
		return resolveEndpoint(config).origin;
	}
}
