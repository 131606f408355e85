import { anthropic } from './anthropic.ts';
import { resolveEndpoint, type Endpoint } from './endpoint.ts';
import type { ProviderKind } from './kind.ts';
import { offline } from './offline.ts';
import { openAi } from './openai.ts';
import { openAiCompatible } from './openaiCompatible.ts';
import type { ProviderConfig } from './provider.ts';
import { vscodeLm } from './vscodeLm.ts';

/** Every kind of provider, in the order in which the settings offer them. `npm run manifest` writes them into the manifest. */
export const providerKinds: readonly ProviderKind[] = [anthropic, openAi, openAiCompatible, vscodeLm, offline];

/** The kind of that name; settings may hold any. */
export function kindOf(name: string): ProviderKind | undefined {
	return providerKinds.find(({ kind }) => kind === name);
}

/** The kind whose own servers are at an origin. */
export function kindAt(origin: string): ProviderKind | undefined {
	return providerKinds.find(({ baseUrl }) => baseUrl !== undefined && new URL(baseUrl).origin === origin);
}

/**
 * Where the requests of a provider go, by the settings and its kind.
 * @throws AppError `validation` that names the field and the rule.
 */
export function endpointOf(config: ProviderConfig): Endpoint {
	return resolveEndpoint(config, kindOf(config.kind));
}
