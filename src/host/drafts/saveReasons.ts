import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import { readSettings } from '../kit/settings.ts';
import { draftIdOf } from './draftUri.ts';
import { toolsDraftOf } from './toolsUri.ts';

/** `explicit`: the user saved, which creates a version. Autosaves and programmatic saves do not. */
export type SaveReason = 'explicit' | 'automatic';

/**
 * Determines why a document is being saved. VS Code reports its own autosave as such, but a programmatic `save()` as
 * manual, so those are flagged here. Also autosaves drafts itself if `files.autoSave` is off, but not their tools: half-typed
 * JSON cannot be saved.
 */
export class SaveReasons implements Disposable {
	readonly #disposables = new DisposableStore();
	readonly #reasons = new Map<string, SaveReason>();
	readonly #programmatic = new Set<string>();
	readonly #timers = new Map<string, NodeJS.Timeout>();

	constructor(onSaveFailed: (error: unknown) => void) {
		this.#disposables.add(
			vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
				const key = document.uri.toString();
				if (draftIdOf(document.uri) !== undefined || toolsDraftOf(document.uri) !== undefined) {
					const explicit = reason === vscode.TextDocumentSaveReason.Manual && !this.#programmatic.has(key);
					this.#reasons.set(key, explicit ? 'explicit' : 'automatic');
				}
			}),
		);
		this.#disposables.add(
			vscode.workspace.onDidChangeTextDocument(({ document }) => {
				if (draftIdOf(document.uri) !== undefined && document.isDirty) {
					this.#schedule(document, onSaveFailed);
				}
			}),
		);
		this.#disposables.add(
			vscode.workspace.onDidCloseTextDocument(({ uri }) => {
				clearTimeout(this.#timers.get(uri.toString()));
				this.#timers.delete(uri.toString());
				this.#reasons.delete(uri.toString());
			}),
		);
	}

	/** Returns and forgets the reason of the save that is being written. */
	take(uri: vscode.Uri): SaveReason {
		const reason = this.#reasons.get(uri.toString()) ?? 'explicit';
		this.#reasons.delete(uri.toString());
		return reason;
	}

	/** Saves programmatically, so that no version is created. Resolves to false if VS Code could not save. */
	async save(document: vscode.TextDocument): Promise<boolean> {
		const key = document.uri.toString();
		this.#programmatic.add(key);
		try {
			return await document.save();
		} finally {
			this.#programmatic.delete(key);
		}
	}

	#schedule(document: vscode.TextDocument, onSaveFailed: (error: unknown) => void): void {
		const key = document.uri.toString();
		const { autoSaveDelay } = readSettings();
		const editorSaves = vscode.workspace.getConfiguration('files', document.uri).get('autoSave') !== 'off';
		clearTimeout(this.#timers.get(key));
		if (autoSaveDelay > 0 && !editorSaves) {
			this.#timers.set(
				key,
				setTimeout(() => {
					this.#timers.delete(key);
					if (!document.isClosed && document.isDirty) {
						this.save(document).catch(onSaveFailed);
					}
				}, autoSaveDelay),
			);
		}
	}

	dispose(): void {
		this.#timers.forEach((timer) => clearTimeout(timer));
		this.#disposables.dispose();
	}
}
