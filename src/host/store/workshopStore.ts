import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { Emitter, type Disposable, type Event } from '../../common/lifecycle.ts';
import type { OrphanedStore, Store, StoreMaintenance } from '../../storage/contract.ts';
import { fileExists } from '../kit/fileExists.ts';
import { openFolders } from './openFolders.ts';
import { loadSqlJs, loadWasm } from '../kit/sqlJs.ts';

const storeName = 'store';

export type WorkshopStore = Store & StoreMaintenance & Disposable;

/**
 * Opens this workspace's store at its first use. After a failure the next call tries again, so that a full disk that
 * was cleared needs no reload.
 */
export class WorkshopStoreOpener implements vscode.Disposable {
	readonly #extension: vscode.ExtensionContext;
	readonly #log: vscode.LogOutputChannel;
	readonly #opened: Emitter<WorkshopStore>;
	#opening: Promise<WorkshopStore> | undefined;

	constructor(extension: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
		this.#extension = extension;
		this.#log = log;
		this.#opened = new Emitter((error) => log.error(String(error)));
	}

	get onDidOpen(): Event<WorkshopStore> {
		return this.#opened.event;
	}

	/** The store where it was opened already, or is being opened; never opens it. */
	get opened(): Promise<WorkshopStore> | undefined {
		return this.#opening;
	}

	readonly open = (): Promise<WorkshopStore> => {
		this.#opening ??= this.#openOnce().catch((error: unknown) => {
			this.#opening = undefined;
			throw error;
		});
		return this.#opening;
	};

	/** The folder of this workspace's data, the same for every window of the workspace. */
	async folder(): Promise<string> {
		const { storeFolder } = await import('../../storage/shipped.ts');
		const base = this.#extension.storageUri ?? this.#extension.globalStorageUri;
		return storeFolder(base.fsPath, readMeta);
	}

	async #openOnce(): Promise<WorkshopStore> {
		const store = await this.#openAt(path.join(await this.folder(), storeName));
		this.#opened.fire(store);
		this.notePlace().catch((error: unknown) => this.#log.warn(`[storage] ${String(error)}`));
		return store;
	}

	async #openAt(folder: string): Promise<WorkshopStore> {
		const { nodeFiles, openStore, snapshotWorker } = await import('../../storage/shipped.ts');
		const { defaultPrompt } = await import('../../workshop/defaultPrompt.ts');
		return openStore({
			folder,
			initSqlJs: loadSqlJs,
			files: nodeFiles,
			buildSnapshot: snapshotWorker(loadWasm, vscode.l10n.bundle),
			now: () => new Date(),
			seed: defaultPrompt,
			log: (level, message) => this.#log[level](`[storage] ${message}`),
		});
	}

	/** Notes beside the store which folders it belongs to, for windows to which VS Code gives another storage folder. */
	async notePlace(): Promise<void> {
		const folders = openFolders();
		if (this.#extension.storageUri && folders.length > 0) {
			const { nodeFiles, notePlace } = await import('../../storage/shipped.ts');
			const name = vscode.workspace.name;
			await notePlace(nodeFiles, await this.folder(), { ...(name !== undefined && { name }), folders });
		}
	}

	/** Stores of other workspaces that hold something. To a window without a folder none of them is related. */
	async findOrphans(onlyRelated: boolean): Promise<OrphanedStore[]> {
		const { storageUri } = this.#extension;
		if (!storageUri && onlyRelated) {
			return [];
		}
		const { findOrphanedStores, nodeFiles } = await import('../../storage/shipped.ts');
		const own = await this.folder();
		return findOrphanedStores({
			files: nodeFiles,
			loadSqlJs,
			// Without a folder, this window's own is the global storage, which VS Code keeps beside that of the workspaces.
			root: storageUri ? path.resolve(own, '..', '..') : path.resolve(own, '..', '..', 'workspaceStorage'),
			storePath: `${path.basename(own)}/${storeName}`,
			ownFolder: path.join(own, storeName),
			openFolders: openFolders(),
			exists: (folder) => fileExists(vscode.Uri.file(folder)),
			globalStore: path.join(this.#extension.globalStorageUri.fsPath, storeName),
			onlyRelated,
		});
	}

	/** The topic index of another workspace's storage folder, where this one has none; false where it has, or it cannot be. */
	async copyTopics(from: string): Promise<boolean> {
		const { nodeFiles, placeFile } = await import('../../storage/shipped.ts');
		const own = await this.folder();
		// The bytes before the record: one that another window writes meanwhile still names the bytes before it.
		const bytes = await nodeFiles.read(path.join(from, 'topics.db'));
		const record = await nodeFiles.read(path.join(from, 'topics.db.json'));
		if (!bytes || !record || !isRecordOf(record, bytes)) {
			return false;
		}
		try {
			await placeFile(nodeFiles, own, 'topics.db', bytes, { way: 'link' });
			await placeFile(nodeFiles, own, 'topics.db.json', record);
			return true;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
				return false;
			}
			throw error;
		}
	}

	/** Closes the store where it is open. Never opens it. */
	async close(): Promise<void> {
		const opening = this.#opening;
		this.#opening = undefined;
		await opening?.then((store) => store.close());
	}

	dispose(): Promise<void> {
		return this.close();
	}
}

/** VS Code's note of which workspace a storage folder belongs to; undefined where it has none. */
async function readMeta(file: string): Promise<string | undefined> {
	try {
		return await fs.readFile(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return undefined;
		}
		throw error;
	}
}

/** Whether the record beside a topic index is that of these bytes. */
function isRecordOf(record: Uint8Array, bytes: Uint8Array): boolean {
	try {
		const { hashes } = JSON.parse(new TextDecoder().decode(record)) as { hashes?: unknown };
		return Array.isArray(hashes) && hashes.includes(createHash('sha256').update(bytes).digest('hex'));
	} catch {
		return false;
	}
}
