import type { Command } from '../kit/command.ts';
import type { VersionServices } from './versionServices.ts';

/**
 * Compares a version with the current text of its draft or prompt, or any two texts: of drafts, prompts, versions and
 * files. A number as the second is a version.
 */
export const compareVersions: Command<VersionServices> = {
	id: 'compareVersions',
	async run(services, argument, other) {
		const { compareVersion } = await import('./comparisons.ts');
		await compareVersion(services, argument, other);
	},
};
