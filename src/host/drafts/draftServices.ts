import type * as vscode from 'vscode';
import type { Store } from '../../storage/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import type { DraftsTree } from './draftsTree.ts';

/** The part of the draft panels that drafts need. */
export interface DraftPanels {
	/** The draft whose panel is active. */
	readonly activeDraftId: number | undefined;
	open(draftId: number, options?: { column?: vscode.ViewColumn }): Promise<void>;
}

/** The services of commands on drafts. */
export interface DraftServices {
	/** Opens the store on first use. */
	openStore: () => Promise<Store>;
	workshop: Workshop;
	panels: DraftPanels;
	draftsTree: DraftsTree;
}
