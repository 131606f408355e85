import type * as vscode from 'vscode';
import type { Event } from '../../common/lifecycle.ts';
import type { Store } from '../../storage/contract.ts';
import type { Commands } from './command.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';

/** What every feature registers itself with. */
export interface FeatureServices {
	extension: vscode.ExtensionContext;
	log: vscode.LogOutputChannel;
	/** Has an item disposed of when the extension ends. */
	own: <T extends vscode.Disposable>(item: T) => T;
	commands: Commands;
	readOnly: Pick<ReadOnlyDocuments, 'add' | 'follow'>;
	/** Opens the store at its first use. */
	openStore: () => Promise<Store>;
	onDidOpenStore: Event<Store>;
	/** Shows, once for all trees, why the store could not be opened. */
	onStoreFailed: (error: unknown) => void;
}
