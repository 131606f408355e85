import type * as vscode from 'vscode';
import type { Lab } from '../lab/lab.ts';
import type { Models } from '../providers/provider.ts';
import type { Store, StoreMaintenance } from '../storage/contract.ts';
import type { TopicIndex } from '../topics/contract.ts';
import type { Workshop } from '../workshop/workshop.ts';
import type { LabPanels } from './lab/labPanel.ts';
import type { WorkshopPanels } from './workshop/workshopPanel.ts';
import type { ModelChoice } from './models/modelChoice.ts';
import type { ApiKeys } from './models/apiKeys.ts';
import type { OtherStores } from './store/otherStores.ts';
import type { DraftsTree } from './drafts/draftsTree.ts';
import type { LabTree } from './lab/labTree.ts';
import type { LibraryTree } from './library/libraryTree.ts';

/** What commands work with: built once in `extension.ts`, in order. */
export interface Services {
	extension: vscode.ExtensionContext;
	log: vscode.LogOutputChannel;
	/** Opens the store at its first use. */
	openStore: () => Promise<Store & StoreMaintenance>;
	/** Stores of other windows that may belong to this one. */
	otherStores: () => Promise<OtherStores>;
	workshop: Workshop;
	models: () => Models;
	keys: ApiKeys;
	topics: TopicIndex;
	panels: WorkshopPanels;
	lab: Lab;
	labPanels: LabPanels;
	labTree: LabTree;
	draftsTree: DraftsTree;
	libraryTree: LibraryTree;
	refreshTrees: () => void;
	modelChoice: ModelChoice;
}
