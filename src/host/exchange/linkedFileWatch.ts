import * as vscode from 'vscode';
import { isAppError } from '../../common/errors.ts';
import { DisposableStore } from '../../common/lifecycle.ts';
import { readFileLink } from '../../prompts/linkedFile.ts';
import type { Store } from '../../storage/contract.ts';
import { property } from '../kit/arguments.ts';
import { draftIdOf } from '../drafts/draftUri.ts';
import { isBelow, MoveGate } from './moveGate.ts';

/** Milliseconds: a program that writes a file often writes it in steps. */
const settleMs = 500;

/** Reports drafts whose file may have changed: on disk, under another name, or since the draft was open last. */
export class LinkedFileWatch implements vscode.Disposable {
	readonly #disposables = new DisposableStore();
	readonly #watchers = new Map<string, vscode.FileSystemWatcher>();
	readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
	/** What to do when a merge into a draft's document is saved, by the document's address. */
	readonly #merges = new Map<string, () => Promise<unknown>>();
	/** Links by draft. */
	readonly #links = new Map<number, string>();
	#refreshing: Promise<unknown> = Promise.resolve();
	readonly #onChanged: (draftId: number) => Promise<void>;
	readonly #onMoved: (draftId: number, address: string) => Promise<void>;
	readonly #onFailed: (error: unknown) => void;
	/** What writes linked files passes it. */
	readonly moves: MoveGate;

	constructor(options: {
		onChanged: (draftId: number) => Promise<void>;
		onMoved: (draftId: number, address: string) => Promise<void>;
		onFailed: (error: unknown) => void;
	}) {
		this.#onChanged = options.onChanged;
		this.#onMoved = options.onMoved;
		this.#onFailed = options.onFailed;
		this.moves = new MoveGate((files) => this.#renamed(files), this.#onFailed);
		for (const item of [
			this.moves,
			vscode.workspace.onDidOpenTextDocument(({ uri }) => this.#opened(uri)),
			vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#saved(uri)),
			// A merge that was not saved when its editor closes was given up.
			vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
				if (closed.some(({ input }) => property(input, 'input1') !== undefined)) {
					setImmediate(() => this.#merges.clear());
				}
			}),
		]) {
			this.#disposables.add(item);
		}
	}

	/** Runs `done` when the document is saved, unless its merge editor is closed before. */
	awaitMerge(document: vscode.Uri, done: () => Promise<unknown>): void {
		this.#merges.set(document.toString(), done);
	}

	/** Reads which drafts are linked: of these drafts, or of all. */
	refresh(store: Store, ids?: readonly number[]): Promise<void> {
		const refreshed = this.#refresh(store, ids);
		this.#refreshing = Promise.allSettled([this.#refreshing, refreshed]);
		return refreshed;
	}

	async #refresh(store: Store, ids?: readonly number[]): Promise<void> {
		const drafts = await store.read((repositories) => repositories.drafts.list(ids ? { ids } : {}));
		for (const id of ids ?? [...this.#links.keys()]) {
			this.#links.delete(id);
		}
		for (const { id, metadata } of drafts) {
			const link = readFileLink(metadata);
			if (link) {
				this.#links.set(id, link.uri);
			}
		}
		const uris = new Set(this.#links.values());
		for (const [uri, watcher] of this.#watchers) {
			if (!uris.has(uri)) {
				watcher.dispose();
				this.#watchers.delete(uri);
			}
		}
		for (const uri of uris) {
			this.#watch(uri);
		}
	}

	dispose(): void {
		this.#timers.forEach((timer) => clearTimeout(timer));
		this.#watchers.forEach((watcher) => {
			watcher.dispose();
		});
		this.#disposables.dispose();
	}

	#watch(address: string): void {
		const uri = vscode.Uri.parse(address);
		if (this.#watchers.has(address) || !vscode.workspace.getWorkspaceFolder(uri)) {
			return;
		}
		const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), uri.path.split('/').at(-1) ?? '');
		const watcher = vscode.workspace.createFileSystemWatcher(pattern);
		this.#watchers.set(address, watcher);
		const changed = () => {
			for (const [draftId, linked] of this.#links) {
				if (linked === address) {
					this.#later(draftId);
				}
			}
		};
		watcher.onDidChange(changed);
		watcher.onDidCreate(changed);
		watcher.onDidDelete(changed);
	}

	#opened(uri: vscode.Uri): void {
		const draftId = draftIdOf(uri);
		if (draftId !== undefined && this.#links.has(draftId)) {
			this.#later(draftId);
		}
	}

	#saved(uri: vscode.Uri): void {
		const done = this.#merges.get(uri.toString());
		this.#merges.delete(uri.toString());
		done?.().catch(this.#onFailed);
	}

	/** A file, or a folder with all that is in it. */
	async #renamed(files: readonly { oldUri: vscode.Uri; newUri: vscode.Uri }[]): Promise<void> {
		await this.#refreshing;
		const moved = [...this.#links].flatMap(([draftId, linked]) => {
			const file = files.find(({ oldUri }) => isBelow(linked, oldUri.toString()));
			return file
				? { draftId, address: `${file.newUri.toString()}${linked.slice(file.oldUri.toString().length)}` }
				: [];
		});
		await Promise.all(moved.map(({ draftId, address }) => this.#onMoved(draftId, address)));
	}

	#later(draftId: number): void {
		clearTimeout(this.#timers.get(draftId));
		this.#timers.set(
			draftId,
			setTimeout(() => {
				this.#timers.delete(draftId);
				if (vscode.workspace.isTrusted && this.#links.has(draftId)) {
					this.#onChanged(draftId).catch((thrown: unknown) => {
						// The draft or its link may be gone.
						if (!isAppError(thrown, 'not-found')) {
							this.#onFailed(thrown);
						}
					});
				}
			}, settleMs),
		);
	}
}
