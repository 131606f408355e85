import type { FeatureServices } from '../kit/featureServices.ts';
import type { LibraryServices } from '../library/libraryServices.ts';
import { compareAllVersions } from './compareAllVersions.ts';
import { compareSelected } from './compareSelected.ts';
import { compareVersions } from './compareVersions.ts';
import { compareWith } from './compareWith.ts';
import { compareWithParent } from './compareWithParent.ts';
import { labelVersion } from './labelVersion.ts';
import { openVersion } from './openVersion.ts';
import { compareWithPrevious } from './compareWithPrevious.ts';
import { copyVersion } from './copyVersion.ts';
import { testsOfVersion } from './testsOfVersion.ts';
import { pinVersions } from './pinVersions.ts';
import { unpinVersions } from './unpinVersions.ts';
import { showMoreVersions } from './showMoreVersions.ts';
import { restoreVersion } from './restoreVersion.ts';
import { showVersions } from './showVersions.ts';
import type { VersionServices } from './versionServices.ts';
import { VersionsTree } from './versionsTree.ts';

/** Versions of drafts and prompts, and the comparison of any two texts. */
export function registerVersions(services: FeatureServices & LibraryServices): VersionServices {
	const { extension, own, commands, openStore, onDidOpenStore, onStoreFailed } = services;
	const { draftsTree, libraryTree, panels } = services;
	const versionsTree = own(new VersionsTree(openStore, extension.workspaceState, onStoreFailed));
	onDidOpenStore((store) => {
		store.onDidChange((change) => versionsTree.takeChange(change));
	});
	own(
		draftsTree.onDidChangeSelection(({ selection: [node] }) => {
			if (node?.kind === 'draft') {
				versionsTree.follow({ draftId: node.draftId });
			}
		}),
	);
	own(
		libraryTree.onDidChangeSelection(({ selection: [node] }) => {
			if (node?.kind === 'prompt') {
				versionsTree.follow({ promptName: node.promptName });
			}
		}),
	);
	own(panels.onDidActivate((draftId) => versionsTree.follow({ draftId })));
	const slice: VersionServices = { ...services, versionsTree };
	commands.add(slice, [
		showVersions,
		compareVersions,
		compareWith,
		compareWithParent,
		compareSelected,
		compareAllVersions,
		openVersion,
		compareWithPrevious,
		labelVersion,
		copyVersion,
		testsOfVersion,
		pinVersions,
		unpinVersions,
		showMoreVersions,
		restoreVersion,
	]);
	return slice;
}
