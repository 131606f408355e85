import type { Command } from '../kit/command.ts';
import type { VersionServices } from './versionServices.ts';

/** Keeps the Versions view at the draft or prompt that it shows. */
export const pinVersions: Command<VersionServices> = {
	id: 'pinVersions',
	async run({ versionsTree }) {
		await versionsTree.setPinned(true);
	},
};
