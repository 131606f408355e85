import type * as vscode from 'vscode';
import type { Event } from '../../common/lifecycle.ts';
import type { Store } from '../../storage/contract.ts';
import type { Commands } from './command.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';

/** The services that every feature is registered with. */
export interface FeatureServices {
	extension: vscode.ExtensionContext;
	log: vscode.LogOutputChannel;
	/** Disposes of an item when the extension is deactivated. */
	own: <T extends vscode.Disposable>(item: T) => T;
	commands: Commands;
	readOnly: Pick<ReadOnlyDocuments, 'add' | 'follow'>;
	/** Opens the store on first use. */
	openStore: () => Promise<Store>;
	onDidOpenStore: Event<Store>;
	/** Reports, once for all trees, why the store could not be opened. */
	onStoreFailed: (error: unknown) => void;
}
