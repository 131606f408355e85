import type { ProviderConfig } from '../../providers/provider.ts';

/** Providers that need no settings, with the ids that they have where the settings name none of their kind. */
const builtIn: readonly ProviderConfig[] = [
	{ id: 'editor', kind: 'vscode-lm' },
	{ id: 'offline', kind: 'offline' },
];

/** The providers of the settings, with those that are always there; an id that is taken is numbered. */
export function withBuiltIn(configs: readonly ProviderConfig[]): ProviderConfig[] {
	// Of two with one id only the first counts.
	const counted = configs.filter(({ id }, index) => configs.findIndex((other) => other.id === id) === index);
	const missing = builtIn.filter(({ kind }) => !counted.some((config) => config.kind === kind));
	return [...configs, ...missing.map((config) => ({ ...config, id: freeId(config.id, configs) }))];
}

function freeId(id: string, taken: readonly ProviderConfig[]): string {
	let free = id;
	for (let number = 2; taken.some((config) => config.id === free); number++) {
		free = `${id}-${number}`;
	}
	return free;
}
