import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../common/lifecycle.ts';
import type { Store } from '../storage/contract.ts';
import type { TopicIndex } from '../topics/contract.ts';
import type { LiveRuns } from '../workshop/liveRuns.ts';
import { DraftsTree } from './drafts/draftsTree.ts';
import { LibraryTree } from './library/libraryTree.ts';
import { TopicsTree } from './topics/topicsTree.ts';

/** The trees of drafts, library and topics. */
export class WorkshopTrees implements Disposable {
	readonly #disposables = new DisposableStore();
	readonly drafts: DraftsTree;
	readonly library: LibraryTree;
	readonly #topics: TopicsTree;

	constructor(parts: {
		openStore: () => Promise<Store>;
		topics: TopicIndex;
		runs: LiveRuns;
		extension: Pick<vscode.ExtensionContext, 'workspaceState' | 'globalStorageUri'>;
		onFailed: (error: unknown) => void;
	}) {
		const { openStore, topics, runs, extension, onFailed } = parts;
		const droppedFiles = vscode.Uri.joinPath(extension.globalStorageUri, 'dropped');
		this.drafts = this.#disposables.add(new DraftsTree(openStore, runs, extension.workspaceState, onFailed));
		this.library = this.#disposables.add(new LibraryTree(openStore, onFailed));
		this.#topics = this.#disposables.add(new TopicsTree(topics, droppedFiles, onFailed));
	}

	/** Follows a store that was opened. */
	follow(store: Store): void {
		this.#disposables.add(
			store.onDidChange(({ drafts, prompts, results, all }) => {
				if (all || drafts.length > 0 || results.length > 0) {
					this.drafts.refresh();
				}
				// A prompt tells how many drafts use it.
				if (all || drafts.length > 0 || prompts.length > 0) {
					this.library.refresh();
				}
			}),
		);
	}

	refresh(): void {
		this.drafts.refresh();
		this.library.refresh();
		this.#topics.refresh();
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}
