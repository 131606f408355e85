import type * as vscode from 'vscode';
import type { DraftServices } from './drafts/draftServices.ts';
import type { LabServices } from './lab/labServices.ts';
import type { LibraryServices } from './library/libraryServices.ts';
import type { ModelServices } from './models/modelServices.ts';
import type { StoreServices } from './store/storeServices.ts';
import type { TopicServices } from './topics/topicServices.ts';
import type { WorkshopServices } from './workshop/workshopServices.ts';

/** What all features together work with, built once in `extension.ts`, in order. A command takes the slice of its feature. */
export interface Services
	extends DraftServices, LibraryServices, WorkshopServices, TopicServices, LabServices, ModelServices, StoreServices {
	extension: vscode.ExtensionContext;
	openStore: StoreServices['openStore'];
	panels: WorkshopServices['panels'];
	labPanels: LabServices['labPanels'];
}
