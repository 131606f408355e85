import type { ProviderKind } from './kind.ts';
import { limited } from './limited.ts';

/** The built-in guide, which works without a key and is not a language model. */
export const offline: ProviderKind = {
	kind: 'offline',
	label: 'Built-in guide',
	description: 'The built-in guide. Not a language model.',
	isModel: false,
	isServer: false,
	create: (config, { makeOfflineProvider, limiter }) =>
		makeOfflineProvider && limited(makeOfflineProvider(config), limiter),
};
