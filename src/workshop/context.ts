import type { KeyedQueue } from '../common/keyedQueue.ts';
import type { Draft, ThinkingLevel } from '../common/model.ts';
import type { Models } from '../providers/provider.ts';
import type { Store } from '../storage/contract.ts';
import type { TopicIndex } from '../topics/contract.ts';
import type { LiveRuns } from './liveRuns.ts';

export type ModelUse = 'chat' | 'test' | 'lab';

/** The editor's side of a draft. Changes go through an open document, so that undo keeps working. */
export interface DraftDocuments {
	/** Saves an open, unsaved document. Rejects with `storage` when it cannot be saved. */
	save(draftId: number): Promise<void>;
	/**
	 * Replaces the text of an open document in one undoable edit and saves it. `keep` receives the text that is about
	 * to be replaced and is awaited first. Resolves to false if no document is open; the caller then changes the store.
	 */
	replace(draftId: number, content: string, keep: (current: string) => Promise<void>): Promise<boolean>;
}

/** Files of the workspace that drafts are linked to. */
export interface LinkedFiles {
	/**
	 * Writes the text of a draft into its file as an undoable edit. Rejects with `validation` if the file was changed too, or
	 * cannot hold the text. False for a file that is gone or in no folder of this window, which the user is told, and if
	 * the draft is not linked any more.
	 */
	write(draft: Draft): Promise<boolean>;
}

/** Models that chats or tests go on using, by the id of the chat or draft. */
export interface ModelMemory {
	/** Undefined if the setting is followed. */
	of(storeId: string, id: number): string | undefined;
	keep(storeId: string, id: number, model: string): Promise<void>;
}

/** What the use cases of the workshop need. Built once in `extension.ts`. */
export interface WorkshopContext {
	store: () => Promise<Store>;
	models: () => Models;
	topics: TopicIndex;
	documents: DraftDocuments;
	linkedFiles: LinkedFiles;
	runs: LiveRuns;
	/** Queues changes of a draft's text other than typing, by draft. */
	textChanges: KeyedQueue<number>;
	settings: () => { thinking: ThinkingLevel; maxTokens: number; keepFullResponses: number };
	/**
	 * The given model, the one from the settings, or the one that the user chooses now. Rejects with `cancelled`. The
	 * signal closes the question.
	 */
	chooseModel: (use: ModelUse, given: string | undefined, signal?: AbortSignal) => Promise<string>;
	/**
	 * The model from the settings, undefined if there is none, null if the workspace names one that the user has to agree to.
	 * Does not ask.
	 */
	chosenModel: (use: ModelUse) => string | undefined | null;
	chatModels: ModelMemory;
	testModels: ModelMemory;
	now: () => Date;
}

export function timestamp(context: Pick<WorkshopContext, 'now'>): string {
	return context.now().toISOString();
}
