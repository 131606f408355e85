import * as vscode from 'vscode';
import type { Disposable } from '../../common/lifecycle.ts';

/** Milliseconds between a change and writing the file. */
const writeDelay = 500;

/**
 * Saves the state of pages, above all unsent text, in one small file per draft. VS Code saves a page's state too, but
 * only when a window closes cleanly, and discards it when a panel is closed.
 */
export class WorkshopIntents implements Disposable {
	readonly #folder: vscode.Uri;
	readonly #onError: (error: unknown) => void;
	readonly #known = new Map<number, unknown>();
	readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

	constructor(storage: vscode.Uri, onError: (error: unknown) => void) {
		this.#folder = vscode.Uri.joinPath(storage, 'workshop-panels');
		this.#onError = onError;
	}

	/** Undefined if nothing was saved or the file cannot be read. The page validates the result. */
	async get(draftId: number): Promise<unknown> {
		if (!this.#known.has(draftId)) {
			this.#known.set(draftId, await this.#read(draftId));
		}
		return this.#known.get(draftId);
	}

	set(draftId: number, intent: unknown): void {
		this.#known.set(draftId, intent);
		// Later changes do not postpone the write, so that continuous typing survives a crash too.
		if (!this.#timers.has(draftId)) {
			this.#timers.set(
				draftId,
				setTimeout(() => this.#write(draftId), writeDelay),
			);
		}
	}

	/** Deletes the state of a deleted draft. */
	forget(draftId: number): void {
		clearTimeout(this.#timers.get(draftId));
		this.#timers.delete(draftId);
		this.#known.delete(draftId);
		vscode.workspace.fs.delete(this.#file(draftId)).then(undefined, (error: unknown) => {
			if (!isMissing(error)) {
				this.#onError(error);
			}
		});
	}

	/** Writes pending states at once. */
	dispose(): void {
		for (const [draftId, timer] of this.#timers) {
			clearTimeout(timer);
			this.#write(draftId);
		}
	}

	#file(draftId: number): vscode.Uri {
		return vscode.Uri.joinPath(this.#folder, `${draftId}.json`);
	}

	async #read(draftId: number): Promise<unknown> {
		try {
			const bytes = await vscode.workspace.fs.readFile(this.#file(draftId));
			return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
		} catch (error) {
			if (!isMissing(error)) {
				this.#onError(error);
			}
			return undefined;
		}
	}

	#write(draftId: number): void {
		this.#timers.delete(draftId);
		const bytes = new TextEncoder().encode(JSON.stringify(this.#known.get(draftId)));
		vscode.workspace.fs.writeFile(this.#file(draftId), bytes).then(undefined, this.#onError);
	}
}

function isMissing(error: unknown): boolean {
	return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}
