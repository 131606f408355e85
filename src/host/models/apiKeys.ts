import type * as vscode from 'vscode';
import { endpointOf } from '../../providers/all.ts';
import { checkKey, foreignEnvironmentKey, getKey, keyName, removeKey, setKey } from '../../providers/keys.ts';
import type { ProviderConfig } from '../../providers/provider.ts';

/** The name of the list of owners, as `keyName` has them, for which the user agreed to the key of the environment. */
const agreedName = 'promptWorkshop.environmentKeys';

/** API keys in VS Code's secret storage, each bound to a provider's id and origin. */
export class ApiKeys {
	readonly #secrets: vscode.SecretStorage;
	readonly #memory: vscode.Memento;
	readonly #log: vscode.LogOutputChannel;

	/** `memory`: of the user and not of a workspace, where a folder could bring an agreement along. */
	constructor(secrets: vscode.SecretStorage, memory: vscode.Memento, log: vscode.LogOutputChannel) {
		this.#secrets = secrets;
		this.#memory = memory;
		this.#log = log;
	}

	/** The stored key, or the one of the environment where it may go. */
	get(providerId: string, origin: string): Promise<string | undefined> {
		return getKey(this.#secrets, { id: providerId, origin }, process.env, (owner) =>
			this.#agreed.includes(keyName(owner)),
		);
	}

	/** The variable of the environment whose key goes to this provider's address once the user has agreed. */
	foreignVariable(config: ProviderConfig): string | undefined {
		return foreignEnvironmentKey(endpointOf(config), process.env);
	}

	/** Remembers that the key of the environment may go to this provider's address. */
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

	/** Removes the stored key, and the agreement to send that of the environment. */
	async remove(config: ProviderConfig): Promise<void> {
		const endpoint = endpointOf(config);
		const name = keyName(endpoint);
		await this.#memory.update(
			agreedName,
			this.#agreed.filter((one) => one !== name),
		);
		await removeKey(this.#secrets, endpoint);
	}

	/** Lists models with the key. False where the provider has no list, so that nothing is known. */
	check(config: ProviderConfig, key: string, signal: AbortSignal): Promise<boolean> {
		return checkKey(config, key, { log: this.#log }, signal);
	}

	/** Where the key would go. */
	originOf(config: ProviderConfig): string {
		return endpointOf(config).origin;
	}
}
