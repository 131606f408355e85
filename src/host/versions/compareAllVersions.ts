import type { Command } from '../kit/command.ts';
import { ownerArgument } from './ownerArgument.ts';
import type { VersionServices } from './versionServices.ts';

/** Compares each version of a draft or prompt with the one before it, newest first, in a multi-diff editor. */
export const compareAllVersions: Command<VersionServices> = {
	id: 'compareAllVersions',
	async run(services, argument) {
		const { compareAll } = await import('./comparisons.ts');
		await compareAll(services, await ownerArgument(services, argument ?? services.versionsTree.shown));
	},
};
