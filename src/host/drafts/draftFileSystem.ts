import * as vscode from 'vscode';
import { isAppError, toAppError } from '../../common/errors.ts';
import { DisposableStore } from '../../common/lifecycle.ts';
import type { Draft } from '../../common/model.ts';
import type { Store } from '../../storage/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import { DocumentMoves } from '../kit/documentMoves.ts';
import { documentBytes, documentText, keepInUtf8 } from '../kit/documentText.ts';
import { draftIdOf, draftScheme, draftUri, openDraftDocument } from './draftUri.ts';
import type { SaveReasons } from './saveReasons.ts';

/**
 * Drafts as editable documents. `writeFile` does not receive the revision that the editor started from, and VS Code's
 * own conflict check compares time and size. So both grow with the draft's revision, and after an edit in another
 * window VS Code offers Compare and Overwrite. Only the current slug of a draft resolves.
 */
export class DraftFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
	readonly #disposables = new DisposableStore();
	readonly #store: () => Promise<Store>;
	readonly #workshop: Workshop;
	readonly #saveReasons: SaveReasons;
	readonly #moves = new DocumentMoves();
	/** Documents that VS Code has asked the permissions of; it does not ask again on its own. */
	readonly #statted = new Map<string, vscode.Uri>();
	#isReadOnly = false;

	readonly onDidChangeFile = this.#changed.event;

	constructor(
		store: () => Promise<Store>,
		workshop: Workshop,
		saveReasons: SaveReasons,
		onFailed: (error: unknown) => void,
	) {
		this.#store = store;
		this.#workshop = workshop;
		this.#saveReasons = saveReasons;
		this.#disposables.add(this.#changed);
		this.#disposables.add(
			vscode.workspace.registerFileSystemProvider(draftScheme, this, { isCaseSensitive: true }),
		);
		this.#disposables.add(keepInUtf8(draftScheme, onFailed));
	}

	/**
	 * Follows a store: announces documents that changed outside the editor, moves renamed ones, and makes all read-only
	 * or writable with the store.
	 */
	follow(store: Store): void {
		this.#announceAccess(store);
		this.#disposables.add(store.onDidChangeStatus(() => this.#announceAccess(store)));
		this.#disposables.add(
			store.onDidChange(({ drafts, all }) => {
				for (const { uri, isClosed } of vscode.workspace.textDocuments) {
					const id = draftIdOf(uri);
					if (id !== undefined && !isClosed && (all || drafts.includes(id))) {
						void this.#announce(store, uri, id);
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

	async #announce(store: Store, uri: vscode.Uri, id: number): Promise<void> {
		const draft = await findDraft(store, id);
		if (!draft) {
			this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
			return;
		}
		const current = draftUri(store.status.storeId, draft);
		if (current.toString() === uri.toString()) {
			this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
		} else {
			await this.#moves.ask(uri, current);
		}
	}

	watch(): vscode.Disposable {
		return new vscode.Disposable(() => undefined);
	}

	async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
		if (/^\/(\d+\/?)?$/.test(uri.path)) {
			return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
		}
		const store = await this.#store();
		const draft = await this.#resolve(store, uri);
		const created = Date.parse(draft.createdAt);
		const stat: vscode.FileStat = {
			type: vscode.FileType.File,
			ctime: created,
			mtime: created + draft.revision * 1000,
			size: draft.revision + 1,
		};
		this.#statted.set(uri.toString(), uri);
		if (this.#isReadOnly) {
			stat.permissions = vscode.FilePermission.Readonly;
		}
		return stat;
	}

	async readDirectory(): Promise<[string, vscode.FileType][]> {
		return [];
	}

	async readFile(uri: vscode.Uri): Promise<Uint8Array> {
		const draft = await this.#resolve(await this.#store(), uri);
		return documentBytes(draft.draftContent);
	}

	async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
		const explicit = this.#saveReasons.take(uri) === 'explicit';
		try {
			const text = await documentText(uri, content);
			const draft = await this.#resolve(await this.#store(), uri);
			await this.#workshop.saveText(draft.id, text, { explicit });
		} catch (thrown) {
			const gone = isAppError(thrown, 'not-found') || isNotFound(thrown);
			throw vscode.FileSystemError.Unavailable(gone ? deletedMessage() : toAppError(thrown).message);
		}
	}

	/** Allows only the move of an open document to its draft's new name; drafts are renamed by the command. */
	async rename(from: vscode.Uri, to: vscode.Uri): Promise<void> {
		const moved = this.#moves.make(from, to);
		if (!moved) {
			throw vscode.FileSystemError.NoPermissions(
				vscode.l10n.t('Use "Prompt Workshop: Rename Draft" to rename a draft'),
			);
		}
		this.#changed.fire(moved);
	}

	createDirectory(): never {
		throw vscode.FileSystemError.NoPermissions(vscode.l10n.t('Drafts cannot have folders'));
	}

	async delete(uri: vscode.Uri): Promise<void> {
		const draft = await this.#resolve(await this.#store(), uri);
		await this.#workshop.remove(draft.id);
	}

	async #resolve(store: Store, uri: vscode.Uri): Promise<Draft> {
		const id = draftIdOf(uri);
		const draft = id === undefined ? undefined : await findDraft(store, id);
		if (!draft) {
			throw vscode.FileSystemError.FileNotFound(uri);
		}
		const isCurrent = draftUri(store.status.storeId, draft).toString() === uri.toString();
		if (!(isCurrent && !this.#moves.isTarget(uri)) && !this.#moves.isSource(uri)) {
			throw vscode.FileSystemError.FileNotFound(uri);
		}
		return draft;
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}

function isNotFound(thrown: unknown): boolean {
	return thrown instanceof vscode.FileSystemError && thrown.code === 'FileNotFound';
}

/** The text stays unsaved in the editor. */
function deletedMessage(): string {
	return vscode.l10n.t(
		'The draft was deleted. Restore it with "Prompt Workshop: Restore Deleted" and save again, or copy this text',
	);
}

/** Opens a draft in an editor. */
export async function showDraft(
	store: Store,
	draft: { id: number; draftName: string | null },
	options: vscode.TextDocumentShowOptions = {},
): Promise<vscode.TextEditor> {
	const document =
		openDraftDocument(draft.id) ?? (await vscode.workspace.openTextDocument(draftUri(store.status.storeId, draft)));
	return vscode.window.showTextDocument(document, { preview: false, ...options });
}

async function findDraft(store: Store, id: number): Promise<Draft | undefined> {
	try {
		return await store.read(({ drafts }) => drafts.get(id));
	} catch (error) {
		if (isAppError(error, 'not-found')) {
			return undefined;
		}
		throw error;
	}
}
