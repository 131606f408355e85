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

/** The kind with this name, if there is one; settings may have any name. */
export function kindOf(name: string): ProviderKind | undefined {
	return providerKinds.find(({ kind }) => kind === name);
}

/** The kind whose own servers are at this origin. */
export function kindAt(origin: string): ProviderKind | undefined {
	return providerKinds.find(({ baseUrl }) => baseUrl !== undefined && new URL(baseUrl).origin === origin);
}

/**
 * Where the requests of a provider are sent, according to the settings and its kind.
 * @throws AppError `validation` that names the field and the rule.
 */
export function endpointOf(config: ProviderConfig): Endpoint {
	return resolveEndpoint(config, kindOf(config.kind));
}
