import * as vscode from 'vscode';
import { isAppError, toAppError } from '../../common/errors.ts';
import { DisposableStore } from '../../common/lifecycle.ts';
import type { Store, StoreChange } from '../../storage/contract.ts';
import { DocumentMoves } from './documentMoves.ts';
import { documentBytes, documentText, keepInUtf8 } from './documentText.ts';
import { textTabs } from './textTabs.ts';

/** A kind of editable documents whose texts belong to a draft or prompt and are in the store. */
export interface StoredDocuments {
	readonly scheme: string;
	/** The paths of folders. */
	readonly folders: RegExp;
	isTouched(uri: vscode.Uri, change: StoreChange): boolean;
	/** When the text appeared and last changed, in milliseconds; undefined if there is no such text. */
	times(store: Store, uri: vscode.Uri): Promise<{ created: number; changed: number } | undefined>;
	read(store: Store, uri: vscode.Uri): Promise<string | undefined>;
	write(store: Store, uri: vscode.Uri, text: string): Promise<void>;
	remove(store: Store, uri: vscode.Uri): Promise<void>;
	/** If documents are named after something that can be renamed. */
	readonly naming?: {
		isTouched(uri: vscode.Uri, change: StoreChange): boolean;
		/** The URI under the current name; undefined if the document is to stay where it is. */
		current(store: Store, uri: vscode.Uri): Promise<vscode.Uri | undefined>;
	};
	/** Why documents cannot be created or renamed, and what to do if the owner of one is gone. */
	readonly words: { belongs: () => string; named: () => string; gone: () => string };
}

/** A prime below a million: two changes have different remainders, except for one pair in a million. */
const sizeRange = 999_983;

/**
 * Texts of the store as editable documents. VS Code's own conflict check compares time and size, and misses edits of equal
 * size. So both come from the time of the last change, and after an edit in another window VS Code offers Compare and
 * Overwrite.
 */
export class StoredFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
	readonly #disposables = new DisposableStore();
	readonly #store: () => Promise<Store>;
	readonly #documents: StoredDocuments;
	readonly #onFailed: (error: unknown) => void;
	readonly #moves = new DocumentMoves();
	/** Documents that VS Code has asked the permissions of; it does not ask again on its own. */
	readonly #statted = new Map<string, vscode.Uri>();
	#isReadOnly = false;

	readonly onDidChangeFile = this.#changed.event;

	constructor(store: () => Promise<Store>, documents: StoredDocuments, onFailed: (error: unknown) => void) {
		const { scheme } = documents;
		this.#store = store;
		this.#documents = documents;
		this.#onFailed = onFailed;
		this.#disposables.add(this.#changed);
		this.#disposables.add(vscode.workspace.registerFileSystemProvider(scheme, this, { isCaseSensitive: true }));
		this.#disposables.add(keepInUtf8(scheme, onFailed));
	}

	/**
	 * Announces open documents that a commit of this or another window changed, moves those that it renamed, and makes all
	 * read-only or writable with the store.
	 */
	follow(store: Store): void {
		const { scheme, naming } = this.#documents;
		this.#announceAccess(store);
		this.#disposables.add(store.onDidChangeStatus(() => this.#announceAccess(store)));
		this.#disposables.add(
			store.onDidChange((change) => {
				for (const { uri, isClosed } of vscode.workspace.textDocuments) {
					if (isClosed || uri.scheme !== scheme) {
						continue;
					}
					if (this.#documents.isTouched(uri, change)) {
						void this.#announce(store, uri);
					}
					if (naming?.isTouched(uri, change)) {
						this.#move(store, uri).catch(this.#onFailed);
					}
				}
			}),
		);
	}

	#announceAccess({ status: { mode } }: Store): void {
		const isReadOnly = mode === 'read-only';
		// Announcing a change would reopen a closed store.
		if (mode !== 'closed' && isReadOnly !== this.#isReadOnly) {
			this.#isReadOnly = isReadOnly;
			this.#changed.fire(
				[...this.#statted.values()].map((uri) => ({ type: vscode.FileChangeType.Changed, uri })),
			);
		}
	}

	async #announce(store: Store, uri: vscode.Uri): Promise<void> {
		const isThere = (await this.#documents.times(store, uri)) !== undefined;
		const { Changed, Deleted } = vscode.FileChangeType;
		this.#changed.fire([{ type: isThere ? Changed : Deleted, uri }]);
	}

	/**
	 * VS Code keeps documents for a while after their tab was closed; those stay where they are. No move onto another document:
	 * its unsaved text would be lost.
	 */
	async #move(store: Store, uri: vscode.Uri): Promise<void> {
		const current = await this.#documents.naming?.current(store, uri);
		const isOpen = ({ isClosed, uri: other }: vscode.TextDocument) =>
			!isClosed && other.toString() === current?.toString();
		const isShown = textTabs().some((shown) => shown.toString() === uri.toString());
		if (current && isShown && !vscode.workspace.textDocuments.some(isOpen)) {
			await this.#moves.ask(uri, current);
		}
	}

	watch(): vscode.Disposable {
		return new vscode.Disposable(() => undefined);
	}

	async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
		if (this.#documents.folders.test(uri.path)) {
			return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
		}
		const times = await this.#documents.times(await this.#store(), uri);
		if (!times || this.#moves.isTarget(uri)) {
			throw vscode.FileSystemError.FileNotFound(uri);
		}
		this.#statted.set(uri.toString(), uri);
		return {
			type: vscode.FileType.File,
			ctime: times.created,
			mtime: times.changed,
			size: (times.changed % sizeRange) + 1,
			...(this.#isReadOnly && { permissions: vscode.FilePermission.Readonly }),
		};
	}

	async readDirectory(): Promise<[string, vscode.FileType][]> {
		return [];
	}

	async readFile(uri: vscode.Uri): Promise<Uint8Array> {
		const text = await this.#documents.read(await this.#store(), uri);
		if (text === undefined) {
			throw vscode.FileSystemError.FileNotFound(uri);
		}
		return documentBytes(text);
	}

	/** The text stays unsaved in the editor if it cannot be stored. */
	async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
		const { words } = this.#documents;
		try {
			const text = await documentText(uri, content);
			await this.#documents.write(await this.#store(), uri, text);
		} catch (thrown) {
			throw vscode.FileSystemError.Unavailable(
				isAppError(thrown, 'not-found') ? words.gone() : toAppError(thrown).message,
			);
		}
	}

	/** Allows only the move of an open document to its new name. */
	async rename(from: vscode.Uri, to: vscode.Uri): Promise<void> {
		const moved = this.#moves.make(from, to);
		if (!moved) {
			throw vscode.FileSystemError.NoPermissions(this.#documents.words.named());
		}
		this.#changed.fire(moved);
	}

	createDirectory(): never {
		throw vscode.FileSystemError.NoPermissions(this.#documents.words.belongs());
	}

	async delete(uri: vscode.Uri): Promise<void> {
		await this.#documents.remove(await this.#store(), uri);
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}
