import type { Command } from '../kit/command.ts';
import type { VersionServices } from './versionServices.ts';

/** Lets the Versions view follow the active draft or prompt again. */
export const unpinVersions: Command<VersionServices> = {
	id: 'unpinVersions',
	async run({ versionsTree }) {
		await versionsTree.setPinned(false);
	},
};
