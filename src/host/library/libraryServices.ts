import type { DraftServices } from '../drafts/draftServices.ts';
import type { LibraryTree } from './libraryTree.ts';

/** What commands on prompts of the library, and on drafts that become or come from one, work with. */
export interface LibraryServices extends DraftServices {
	libraryTree: LibraryTree;
}
