import type { FeatureServices } from '../kit/featureServices.ts';
import type { LibraryServices } from '../library/libraryServices.ts';
import { compareAllVersions } from './compareAllVersions.ts';
import { compareSelected } from './compareSelected.ts';
import { compareVersions } from './compareVersions.ts';
import { compareWith } from './compareWith.ts';
import { compareWithParent } from './compareWithParent.ts';
import { restoreVersion } from './restoreVersion.ts';
import { showVersions } from './showVersions.ts';
import type { VersionServices } from './versionServices.ts';

/** Versions of drafts and prompts, and the comparison of any two texts. */
export function registerVersions(services: FeatureServices & LibraryServices): void {
	const slice: VersionServices = services;
	services.commands.add(slice, [
		showVersions,
		compareVersions,
		compareWith,
		compareWithParent,
		compareSelected,
		compareAllVersions,
		restoreVersion,
	]);
}
