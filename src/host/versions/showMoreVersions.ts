import type { Command } from '../kit/command.ts';
import type { VersionServices } from './versionServices.ts';

/** Shows more of the versions in the Versions view. */
export const showMoreVersions: Command<VersionServices> = {
	id: 'showMoreVersions',
	async run({ versionsTree }) {
		versionsTree.showMore();
	},
};
