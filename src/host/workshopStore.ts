import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../common/lifecycle.ts';
import type { OrphanedStore, Store, StoreMaintenance } from '../storage/contract.ts';
import { loadSqlJs, loadWasm } from './sqlJs.ts';

const storeName = 'store';

export type WorkshopStore = Store & StoreMaintenance & Disposable;

/**
 * Opens this workspace's store at its first use. After a failure the next call tries again, so that a full disk that
 * was cleared needs no reload.
 */
export class WorkshopStoreOpener implements vscode.Disposable {
	readonly #extension: vscode.ExtensionContext;
	readonly #log: vscode.LogOutputChannel;
	readonly #onOpened: (store: WorkshopStore) => void;
	#opening: Promise<WorkshopStore> | undefined;

	constructor(
		extension: vscode.ExtensionContext,
		log: vscode.LogOutputChannel,
		onOpened: (store: WorkshopStore) => void,
	) {
		this.#extension = extension;
		this.#log = log;
		this.#onOpened = onOpened;
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
		const { storeFolder } = await import('../storage/shipped.ts');
		const base = this.#extension.storageUri ?? this.#extension.globalStorageUri;
		return storeFolder(base.fsPath, readMeta);
	}

	async #openOnce(): Promise<WorkshopStore> {
		const store = await this.#openAt(path.join(await this.folder(), storeName));
		this.#onOpened(store);
		return store;
	}

	async #openAt(folder: string): Promise<WorkshopStore> {
		const { nodeFiles, openStore, snapshotWorker } = await import('../storage/shipped.ts');
		const { defaultPrompt } = await import('../workshop/defaultPrompt.ts');
		return openStore({
			folder,
			initSqlJs: loadSqlJs,
			files: nodeFiles,
			buildSnapshot: snapshotWorker(loadWasm),
			now: () => new Date(),
			seed: defaultPrompt,
			log: (level, message) => this.#log[level](`[storage] ${message}`),
		});
	}

	/** Stores that other workspace folders left behind and that hold drafts; empty with no folder open. */
	readonly findOrphans = async (): Promise<OrphanedStore[]> => {
		if (!this.#extension.storageUri) {
			return [];
		}
		const { findOrphanedStores, nodeFiles } = await import('../storage/shipped.ts');
		const own = await this.folder();
		return findOrphanedStores({
			files: nodeFiles,
			loadSqlJs,
			root: path.dirname(path.dirname(own)),
			storePath: `${path.basename(own)}/${storeName}`,
			ownFolder: path.join(own, storeName),
		});
	};

	/** Everything an orphaned store holds, as `importAll` reads it. */
	readonly readOrphan = async ({ folder }: OrphanedStore): Promise<string> => {
		const store = await this.#openAt(folder);
		try {
			const files = await store.exportAll();
			return files.find((file) => file.path === 'workshop.json')?.text ?? '';
		} finally {
			await store.close();
		}
	};

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
