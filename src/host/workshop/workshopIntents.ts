import * as path from 'node:path';
import * as vscode from 'vscode';
import type { KeptIntents } from '../../common/workshopProtocol.ts';

/** Milliseconds between a change and writing the file. */
const writeDelay = 500;
const folderName = 'workshop-panels';

type KeptFiles = Omit<KeptIntents, 'restored'>;

/**
 * Saves the state of pages, above all unsent text, in one small file per draft. VS Code saves a page's state too, but
 * only when a window closes cleanly, and discards it when a panel is closed.
 *
 * VS Code's server gives every window of a workspace its own storage folder, and a window that comes back may get
 * another one than it had: it was crashed, and its old folder is still locked. So files are written to the window's own
 * folder and read from all of them; the page knows its own state by its name.
 */
export class WorkshopIntents {
	readonly #storage: vscode.Uri;
	readonly #dataFolder: () => Promise<string>;
	readonly #onError: (error: unknown) => void;
	readonly #known = new Map<number, KeptFiles>();
	readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

	/** `storage` is the window's storage folder, `dataFolder` the workspace's: `<root>/<id>/<extension>`. */
	constructor(storage: vscode.Uri, dataFolder: () => Promise<string>, onError: (error: unknown) => void) {
		this.#storage = storage;
		this.#dataFolder = dataFolder;
		this.#onError = onError;
	}

	/** What pages of a draft have kept; a file that cannot be read counts as missing. The page validates the result. */
	async get(draftId: number): Promise<KeptFiles> {
		let known = this.#known.get(draftId);
		if (!known) {
			const [here, ...elsewhere] = await Promise.all(
				[this.#storage, ...(await this.#otherFolders())].map((folder) => this.#read(fileIn(folder, draftId))),
			);
			// What came from the page meanwhile is newer.
			known = this.#known.get(draftId) ?? { here, elsewhere };
			this.#known.set(draftId, known);
		}
		return known;
	}

	set(draftId: number, intent: unknown): void {
		this.#known.set(draftId, { here: intent, elsewhere: [] });
		// Later changes do not postpone the write, so that continuous typing survives a crash too.
		if (!this.#timers.has(draftId)) {
			const write = () => void this.#write(draftId);
			this.#timers.set(draftId, setTimeout(write, writeDelay));
		}
	}

	/** Deletes the state of a deleted draft. */
	forget(draftId: number): void {
		clearTimeout(this.#timers.get(draftId));
		this.#timers.delete(draftId);
		this.#known.delete(draftId);
		vscode.workspace.fs.delete(fileIn(this.#storage, draftId)).then(undefined, (error: unknown) => {
			if (!isMissing(error)) {
				this.#onError(error);
			}
		});
	}

	/** Writes pending states at once. */
	async flush(): Promise<void> {
		const pending = [...this.#timers.keys()];
		await Promise.all(pending.map((draftId) => this.#write(draftId)));
	}

	/** The storage folders that VS Code gave other hosts of this workspace. */
	async #otherFolders(): Promise<vscode.Uri[]> {
		const data = await this.#dataFolder();
		const extension = path.basename(data);
		const id = path.basename(path.dirname(data));
		const root = vscode.Uri.file(path.resolve(data, '..', '..'));
		const isOurs = (name: string) =>
			name === id || (name.startsWith(`${id}-`) && /^\d+$/.test(name.slice(id.length + 1)));
		try {
			const entries = await vscode.workspace.fs.readDirectory(root);
			const folders = entries
				.filter(([name]) => isOurs(name))
				.map(([name]) => vscode.Uri.joinPath(root, name, extension));
			return folders.filter(({ path }) => path !== this.#storage.path);
		} catch (error) {
			this.#onError(error);
			return [];
		}
	}

	async #read(file: vscode.Uri): Promise<unknown> {
		try {
			const bytes = await vscode.workspace.fs.readFile(file);
			return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
		} catch (error) {
			if (!isMissing(error)) {
				this.#onError(error);
			}
			return undefined;
		}
	}

	async #write(draftId: number): Promise<void> {
		clearTimeout(this.#timers.get(draftId));
		this.#timers.delete(draftId);
		const bytes = new TextEncoder().encode(JSON.stringify(this.#known.get(draftId)?.here));
		await vscode.workspace.fs.writeFile(fileIn(this.#storage, draftId), bytes).then(undefined, this.#onError);
	}
}

function fileIn(storage: vscode.Uri, draftId: number): vscode.Uri {
	return vscode.Uri.joinPath(storage, folderName, `${draftId}.json`);
}

function isMissing(error: unknown): boolean {
	return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}
