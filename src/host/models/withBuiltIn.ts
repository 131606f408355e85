import type { ProviderConfig } from '../../providers/provider.ts';
import { freeId } from './freeId.ts';

/** Providers that need no settings, with their ids if the settings name none of their kind. */
const builtIn: readonly ProviderConfig[] = [
	{ id: 'editor', kind: 'vscode-lm' },
	{ id: 'offline', kind: 'offline' },
];

/** The providers of the settings and the built-in ones. An id that is taken gets a number. */
export function withBuiltIn(configs: readonly ProviderConfig[]): ProviderConfig[] {
	// Of two providers with the same id only the first counts.
	const counted = configs.filter(({ id }, index) => configs.findIndex((other) => other.id === id) === index);
	const missing = builtIn.filter(({ kind }) => !counted.some((config) => config.kind === kind));
	return [...configs, ...missing.map((config) => ({ ...config, id: freeId(config.id, configs) }))];
}
