import type * as vscode from 'vscode';
import type { SuiteTabs } from './suiteTab.ts';
import type { Store } from '../../storage/contract.ts';
import type { TopicIndex } from '../../topics/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import type { Settings } from '../kit/settings.ts';
import type { ModelChoice } from '../models/modelChoice.ts';

/** The services of the Workshop panels, their sessions and handlers. */
export interface WorkshopPanelServices {
	extensionUri: vscode.Uri;
	/** Remembers the open panels. */
	workspaceState: vscode.Memento;
	store: () => Promise<Store>;
	workshop: Workshop;
	topics: TopicIndex;
	modelChoice: ModelChoice;
	settings: () => Settings;
	/** Runs one of our commands by its id without the prefix. Rejects with its error, which the page shows. */
	runCommand: (id: string, ...parameters: unknown[]) => Promise<unknown>;
	/** Serves the Suite tab; undefined until its feature is registered. */
	suiteTabs: () => SuiteTabs | undefined;
	log: vscode.LogOutputChannel;
	/** This window's storage folder, for the saved state of pages. */
	storage: vscode.Uri;
	/** The workspace's storage folder, beside which windows may have been given others. */
	dataFolder: () => Promise<string>;
}
