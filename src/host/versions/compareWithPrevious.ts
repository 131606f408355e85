import type { Command } from '../kit/command.ts';
import type { VersionServices } from './versionServices.ts';

/** Compares a version with the one before it. */
export const compareWithPrevious: Command<VersionServices> = {
	id: 'compareWithPrevious',
	async run(services, argument) {
		const { comparePrevious } = await import('./comparisons.ts');
		await comparePrevious(services, argument);
	},
};
