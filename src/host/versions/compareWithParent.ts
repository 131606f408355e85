import type { Command } from '../kit/command.ts';
import type { VersionServices } from './versionServices.ts';

/** Compares each selected draft with the prompt that it was cloned from. */
export const compareWithParent: Command<VersionServices> = {
	id: 'compareWithParent',
	async run(services, item, selection) {
		const { compareParents } = await import('./comparisons.ts');
		await compareParents(services, item, selection);
	},
};
