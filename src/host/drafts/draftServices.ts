import type * as vscode from 'vscode';
import type { Store } from '../../storage/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import type { DraftsTree } from './draftsTree.ts';

/** The panels that belong to drafts, as much of them as a draft needs. */
export interface DraftPanels {
	/** The draft whose panel has the focus. */
	readonly activeDraftId: number | undefined;
	open(draftId: number, options?: { column?: vscode.ViewColumn }): Promise<void>;
}

/** What commands on drafts work with. */
export interface DraftServices {
	/** Opens the store at its first use. */
	openStore: () => Promise<Store>;
	workshop: Workshop;
	panels: DraftPanels;
	draftsTree: DraftsTree;
}
