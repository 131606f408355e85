import type { ProviderConfig } from '../../providers/provider.ts';

/** The id, with a number if a provider has it. */
export function freeId(id: string, taken: readonly ProviderConfig[]): string {
	let free = id;
	for (let number = 2; taken.some((config) => config.id === free); number++) {
		free = `${id}-${number}`;
	}
	return free;
}
