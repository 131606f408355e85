import type { EndpointDefaults } from './endpoint.ts';
import type { HttpDeps } from './httpCall.ts';
import type { PriceList } from './prices.ts';
import type { BatchTerms, ModelProvider, ProviderConfig } from './provider.ts';

/** What a kind needs to create its providers. */
export interface KindDeps extends HttpDeps {
	/** Makes the provider of the editor's models; absent if there is no editor. */
	makeEditorProvider?: ((config: ProviderConfig) => ModelProvider) | undefined;
	/** Makes the built-in guide; absent if only models are wanted. */
	makeOfflineProvider?: ((config: ProviderConfig) => ModelProvider) | undefined;
}

/**
 * Everything about one kind of provider. Its file exports this, and nothing else names the kind: `all.ts` lists it, and
 * settings, keys, prices and questions use the list.
 */
export interface ProviderKind extends EndpointDefaults {
	/** Its description in the settings, as Markdown. */
	readonly description: string;
	/** False if no language model answers, so that its answers never count as a model's. */
	readonly isModel: boolean;
	/** It is reached over HTTP: it has an address, uses a key and can be added by the user. */
	readonly isServer: boolean;
	/** The environment variable with the key of the provider that has this kind's name as its id. */
	readonly environmentKey?: string;
	/** List prices at `baseUrl`. */
	readonly prices?: PriceList;
	/** Its batch API, if it has one that is used here. */
	readonly batch?: BatchTerms;
	/** Loads and sends nothing. Undefined if this kind is not available, such as the editor's models without an editor. */
	create(config: ProviderConfig, deps: KindDeps): ModelProvider | undefined;
}
