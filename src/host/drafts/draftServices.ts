import type * as vscode from 'vscode';
import type { WorkshopShow } from '../../common/workshopProtocol.ts';
import type { Store } from '../../storage/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import type { DraftsTree } from './draftsTree.ts';

/** The part of the draft panels that drafts need. */
export interface DraftPanels {
	/** The draft whose panel is active. */
	readonly activeDraftId: number | undefined;
	/** A panel became active; its draft. */
	readonly onDidActivate: vscode.Event<number>;
	open(draftId: number, options?: { column?: vscode.ViewColumn; show?: WorkshopShow }): Promise<void>;
}

/** The services of commands on drafts. */
export interface DraftServices {
	/** Opens the store on first use. */
	openStore: () => Promise<Store>;
	workshop: Workshop;
	panels: DraftPanels;
	draftsTree: DraftsTree;
}
