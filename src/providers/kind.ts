import type { EndpointDefaults } from './endpoint.ts';
import type { HttpDeps } from './httpStream.ts';
import type { PriceList } from './prices.ts';
import type { ModelProvider, ProviderConfig } from './provider.ts';

/** What a kind makes its providers with. */
export interface KindDeps extends HttpDeps {
	/** Makes the provider of the editor's models; absent where there is no editor. */
	makeEditorProvider?: ((config: ProviderConfig) => ModelProvider) | undefined;
	/** Makes the built-in guide; absent where only models are wanted. */
	makeOfflineProvider?: ((config: ProviderConfig) => ModelProvider) | undefined;
}

/**
 * All that is known of one kind of providers. Its file exports this and nothing else names the kind: `all.ts` lists it, and
 * settings, keys, prices and questions read the list.
 */
export interface ProviderKind extends EndpointDefaults {
	/** What the settings say about it, as Markdown. */
	readonly description: string;
	/** False where no language model answers: nothing that it says counts as a model's. */
	readonly isModel: boolean;
	/** It is reached over HTTP: it has an address, takes a key, and can be added by the user. */
	readonly isServer: boolean;
	/** The variable of the environment with the key of the provider that has this kind's name as its id. */
	readonly environmentKey?: string;
	/** List prices at `baseUrl`. */
	readonly prices?: PriceList;
	/** Loads nothing and sends nothing. Undefined where this kind cannot exist, such as the editor's models without an editor. */
	create(config: ProviderConfig, deps: KindDeps): ModelProvider | undefined;
}
