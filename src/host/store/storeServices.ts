import type * as vscode from 'vscode';
import type { Store, StoreMaintenance } from '../../storage/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import type { OtherStores } from './otherStores.ts';

/** What commands on the store as a whole work with. */
export interface StoreServices {
	log: vscode.LogOutputChannel;
	/** Opens the store at its first use. */
	openStore: () => Promise<Store & StoreMaintenance>;
	/** Stores of other windows that may belong to this one. */
	otherStores: () => Promise<OtherStores>;
	workshop: Workshop;
	refreshTrees: () => void;
}
