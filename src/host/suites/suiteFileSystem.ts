import * as vscode from 'vscode';
import { isAppError, toAppError } from '../../common/errors.ts';
import { DisposableStore } from '../../common/lifecycle.ts';
import type { Store } from '../../storage/contract.ts';
import { documentBytes, documentText, keepInUtf8 } from '../kit/documentText.ts';
import { suiteOwnerOf, suiteScheme } from './suiteUri.ts';

/** A prime below a million: two changes of a suite have different remainders, except for one pair in a million. */
const sizeRange = 999_983;

/**
 * The suites of drafts and prompts as editable documents. VS Code's own conflict check compares time and size, and misses
 * edits of equal size. So both come from the time of the last change, and after an edit in another window VS Code offers
 * Compare and Overwrite.
 */
export class SuiteFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
	readonly #disposables = new DisposableStore();
	readonly #store: () => Promise<Store>;
	/** Documents that VS Code has asked the permissions of; it does not ask again on its own. */
	readonly #statted = new Map<string, vscode.Uri>();
	#isReadOnly = false;

	readonly onDidChangeFile = this.#changed.event;

	constructor(store: () => Promise<Store>, onFailed: (error: unknown) => void) {
		this.#store = store;
		this.#disposables.add(this.#changed);
		this.#disposables.add(
			vscode.workspace.registerFileSystemProvider(suiteScheme, this, { isCaseSensitive: true }),
		);
		this.#disposables.add(keepInUtf8(suiteScheme, onFailed));
	}

	/** Announces open suites that a commit of this or another window changed, and makes all read-only or writable with the store. */
	follow(store: Store): void {
		this.#announceAccess(store);
		this.#disposables.add(store.onDidChangeStatus(() => this.#announceAccess(store)));
		this.#disposables.add(
			store.onDidChange(({ suites, all }) => {
				const touched = vscode.workspace.textDocuments.filter(({ uri, isClosed }) => {
					const owner = suiteOwnerOf(uri);
					return !isClosed && owner && (all || suites.includes(`${owner.ownerKind}:${owner.ownerId}`));
				});
				void this.#announce(
					store,
					touched.map(({ uri }) => uri),
				);
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

	async #announce(store: Store, uris: readonly vscode.Uri[]): Promise<void> {
		if (uris.length > 0) {
			const known = await store.read(({ suites }) => suites.list());
			const isThere = (uri: vscode.Uri) => {
				const owner = suiteOwnerOf(uri);
				return known.some((one) => one.ownerKind === owner?.ownerKind && one.ownerId === owner.ownerId);
			};
			this.#changed.fire(
				uris.map((uri) => ({
					type: isThere(uri) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Deleted,
					uri,
				})),
			);
		}
	}

	watch(): vscode.Disposable {
		return new vscode.Disposable(() => undefined);
	}

	async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
		if (/^\/((draft|prompt)\/?(\d+\/?)?)?$/.test(uri.path)) {
			return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
		}
		const owner = suiteOwnerOf(uri);
		const store = await this.#store();
		const suite = await store.read(({ suites }) =>
			suites.list().find((one) => one.ownerKind === owner?.ownerKind && one.ownerId === owner.ownerId),
		);
		if (!suite) {
			throw vscode.FileSystemError.FileNotFound(uri);
		}
		const changed = Date.parse(suite.updatedAt);
		this.#statted.set(uri.toString(), uri);
		return {
			type: vscode.FileType.File,
			ctime: Date.parse(suite.createdAt),
			mtime: changed,
			size: (changed % sizeRange) + 1,
			...(this.#isReadOnly && { permissions: vscode.FilePermission.Readonly }),
		};
	}

	async readDirectory(): Promise<[string, vscode.FileType][]> {
		return [];
	}

	async readFile(uri: vscode.Uri): Promise<Uint8Array> {
		const owner = suiteOwnerOf(uri);
		const store = await this.#store();
		const text = await store.read(({ suites }) => owner && suites.get(owner.ownerKind, owner.ownerId));
		if (text === undefined) {
			throw vscode.FileSystemError.FileNotFound(uri);
		}
		return documentBytes(text);
	}

	async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
		const owner = suiteOwnerOf(uri);
		if (!owner) {
			throw vscode.FileSystemError.NoPermissions(vscode.l10n.t('A suite belongs to a draft or a prompt'));
		}
		try {
			const text = await documentText(uri, content);
			const store = await this.#store();
			await store.write(({ suites }) => {
				suites.put({ ...owner, content: text, now: new Date().toISOString() });
			});
		} catch (thrown) {
			throw vscode.FileSystemError.Unavailable(
				isAppError(thrown, 'not-found')
					? vscode.l10n.t(
							'The draft or prompt of this suite was deleted. Restore it with "Prompt Workshop: Restore Deleted" and save again, or copy this text',
						)
					: toAppError(thrown).message,
			);
		}
	}

	rename(): never {
		throw vscode.FileSystemError.NoPermissions(vscode.l10n.t('A suite is named after its draft or prompt'));
	}

	createDirectory(): never {
		throw vscode.FileSystemError.NoPermissions(vscode.l10n.t('A suite belongs to a draft or a prompt'));
	}

	async delete(uri: vscode.Uri): Promise<void> {
		const owner = suiteOwnerOf(uri);
		const store = await this.#store();
		await store.write(({ suites }) => {
			if (owner) {
				suites.remove(owner.ownerKind, owner.ownerId);
			}
		});
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}
