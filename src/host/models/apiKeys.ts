import type * as vscode from 'vscode';
import { endpointOf } from '../../providers/all.ts';
import { checkKey, foreignEnvironmentKey, getKey, keyName, removeKey, setKey } from '../../providers/keys.ts';
import type { Connection } from '../../providers/connectionTest.ts';
import type { ProviderConfig } from '../../providers/provider.ts';

/** The memento key of the owners (see `keyName`) that the user allowed to use the key of the environment. */
const agreedName = 'promptWorkshop.environmentKeys';

/** API keys in VS Code's secret storage, each bound to a provider's id and origin. */
export class ApiKeys {
	readonly #secrets: vscode.SecretStorage;
	readonly #memory: vscode.Memento;
	readonly #log: vscode.LogOutputChannel;

	/** `memory` is the user's and not the workspace's, so that a folder cannot bring its own consent. */
	constructor(secrets: vscode.SecretStorage, memory: vscode.Memento, log: vscode.LogOutputChannel) {
		this.#secrets = secrets;
		this.#memory = memory;
		this.#log = log;
	}

	/** The stored key, or the one of the environment if it may be sent there. */
	get(providerId: string, origin: string): Promise<string | undefined> {
		return getKey(this.#secrets, { id: providerId, origin }, process.env, (owner) =>
			this.#agreed.includes(keyName(owner)),
		);
	}

	/** The environment variable whose key is sent to this provider's address once the user agrees. */
	foreignVariable(config: ProviderConfig): string | undefined {
		return foreignEnvironmentKey(endpointOf(config), process.env);
	}

	/** Remembers that the key of the environment may be sent to this provider's address. */
	async agreeToEnvironment(config: ProviderConfig): Promise<void> {
		const name = keyName(endpointOf(config));
		await this.#memory.update(agreedName, [...this.#agreed.filter((one) => one !== name), name]);
	}

	get #agreed(): string[] {
		return this.#memory.get<string[]>(agreedName, []);
	}

	set(config: ProviderConfig, key: string): Promise<void> {
		return setKey(this.#secrets, endpointOf(config), key);
	}

	/** Removes the stored key and the consent to send the key of the environment. */
	async remove(config: ProviderConfig): Promise<void> {
		const endpoint = endpointOf(config);
		const name = keyName(endpoint);
		await this.#memory.update(
			agreedName,
			this.#agreed.filter((one) => one !== name),
		);
		await removeKey(this.#secrets, endpoint);
	}

	/**
	 * Checks the key by listing models. Resolves to false if the provider has no list, so that the result is unknown.
	 */
	check(config: ProviderConfig, key: string, signal: AbortSignal): Promise<boolean> {
		return checkKey(config, key, { log: this.#log }, signal);
	}

	/** Lists the models of a provider that is not in the settings yet, with this key or the one that is known. */
	async test(config: ProviderConfig, key: string | undefined, signal: AbortSignal): Promise<Connection> {
		const { testConnection } = await import('../../providers/connectionTest.ts');
		return testConnection(config, this.#testDeps(key), signal);
	}

	/** Tests a provider that has no list of models with one of its models. */
	async tryModel(config: ProviderConfig, key: string | undefined, model: string, signal: AbortSignal): Promise<void> {
		const { tryModel } = await import('../../providers/connectionTest.ts');
		return tryModel(config, model, this.#testDeps(key), signal);
	}

	#testDeps(key: string | undefined) {
		return {
			log: this.#log,
			getKey: async (id: string, origin: string) => key ?? this.get(id, origin),
		};
	}

	/** The origin that the key would be sent to. */
	originOf(config: ProviderConfig): string {
		return endpointOf(config).origin;
	}
}
