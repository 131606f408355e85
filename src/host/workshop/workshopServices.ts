import type * as vscode from 'vscode';
import type { TopicIndex } from '../../topics/contract.ts';
import type { LibraryServices } from '../library/libraryServices.ts';
import type { ModelServices } from '../models/modelServices.ts';
import type { WorkshopPanels } from './workshopPanel.ts';

/** The services of commands on chats, tests and results. */
export interface WorkshopServices extends LibraryServices, ModelServices {
	extension: Pick<vscode.ExtensionContext, 'extensionUri'>;
	topics: TopicIndex;
	panels: WorkshopPanels;
	/** Stopping everything stops the Lab too. */
	labPanels: { stop(): void };
}
