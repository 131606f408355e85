import type { Command } from '../kit/command.ts';
import { ownerArgument, versionIdIn } from './ownerArgument.ts';
import type { VersionServices } from './versionServices.ts';
import type { VersionsOf } from './versionsTree.ts';

/**
 * Shows the versions of a draft or prompt in their view and returns the newest one. For a version, selects and returns
 * that one.
 */
export const showVersions: Command<VersionServices> = {
	id: 'showVersions',
	async run(services, argument) {
		const { ownerKind, ownerId } = await ownerArgument(services, argument);
		const store = await services.openStore();
		const of: VersionsOf =
			ownerKind === 'draft'
				? { draftId: ownerId }
				: { promptName: await store.read(({ prompts }) => prompts.getById(ownerId).name) };
		return services.versionsTree.show(of, versionIdIn(argument));
	},
};
