import type { KeyedQueue } from '../common/keyedQueue.ts';
import type { ThinkingLevel } from '../common/model.ts';
import type { Models } from '../providers/provider.ts';
import type { Store } from '../storage/contract.ts';
import type { TopicIndex } from '../topics/contract.ts';
import type { LiveRuns } from './liveRuns.ts';

export type ModelUse = 'chat' | 'test' | 'lab';

/** The editor's side of a draft: where its document is open, changes go through it, so that undo keeps working. */
export interface DraftDocuments {
	/** Saves an open, unsaved document. Rejects with `storage` when it cannot be saved. */
	save(draftId: number): Promise<void>;
	/**
	 * Replaces the text of an open document as one undoable edit and saves it. `keep` gets the text that is about to be
	 * replaced, and is awaited first. Answers false where no document is open; then the store is to be changed directly.
	 */
	replace(draftId: number, content: string, keep: (present: string) => Promise<void>): Promise<boolean>;
}

/** The models that chats were begun with: they go on with them. */
export interface ChatModels {
	/** Undefined where the chat follows the setting. */
	of(storeId: string, chatId: number): string | undefined;
	keep(storeId: string, chatId: number, model: string): Promise<void>;
}

/** What the use cases of the workshop need; built once in `extension.ts`. */
export interface WorkshopContext {
	store: () => Promise<Store>;
	models: () => Models;
	topics: TopicIndex;
	documents: DraftDocuments;
	runs: LiveRuns;
	/** Changes of drafts' texts by anything but typing, by draft. */
	textChanges: KeyedQueue<number>;
	settings: () => { thinking: ThinkingLevel; maxTokens: number; keepFullResponses: number };
	/**
	 * The given model, the setting's, or the one that the user now chooses; rejects with `cancelled`. The signal ends the
	 * question.
	 */
	chooseModel: (use: ModelUse, given: string | undefined, signal?: AbortSignal) => Promise<string>;
	chatModels: ChatModels;
	now: () => Date;
}

export function timestamp(context: Pick<WorkshopContext, 'now'>): string {
	return context.now().toISOString();
}
