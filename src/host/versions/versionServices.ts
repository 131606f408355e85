import type { LibraryServices } from '../library/libraryServices.ts';
import type { VersionsTree } from './versionsTree.ts';

/** The services of the commands on versions, and on texts that are compared. */
export interface VersionServices extends LibraryServices {
	versionsTree: VersionsTree;
}
