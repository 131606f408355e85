import * as vscode from 'vscode';
import { toAppError } from '../../common/errors.ts';
import { DisposableStore, type Event } from '../../common/lifecycle.ts';
import { documentBytes, keepInUtf8 } from './documentText.ts';
import { DocumentTexts, type DocumentChange, type DocumentLoader } from './documentTexts.ts';
import { slugOf } from './slugOf.ts';
import { textColumn } from './textColumn.ts';

const scheme = 'prompt-workshop';

/** A read-only document. `key` identifies what it shows, `title` is the name of the tab. */
export type ReadOnlyDocument =
	| { kind: 'prompt'; key: string; title: string }
	| { kind: 'template'; key: string; title: string }
	| { kind: 'version'; key: string; title: string }
	| { kind: 'saved-draft'; key: string; title: string }
	| { kind: 'rendered'; key: string; title: string }
	| { kind: 'article'; key: string; title: string }
	| { kind: 'skipped'; key: string; title: string }
	| { kind: 'result'; key: string; title: string }
	| { kind: 'answer'; key: string; title: string }
	| { kind: 'tested-prompt'; key: string; title: string }
	| { kind: 'extract'; key: string; title: string }
	| { kind: 'block'; key: string; title: string }
	| { kind: 'lint'; key: string; title: string }
	| { kind: 'run'; key: string; title: string }
	| { kind: 'import'; key: string; title: string }
	| { kind: 'linked-file'; key: string; title: string }
	| { kind: 'request'; key: string; title: string };

/** `prompt-workshop://<kind>/<key, percent-encoded>/<slug>.md` */
export function readOnlyUri(document: ReadOnlyDocument): vscode.Uri {
	const extension = document.kind === 'request' ? 'http' : 'md';
	return vscode.Uri.from({
		scheme,
		authority: document.kind,
		path: `/${encodeURIComponent(document.key)}/${slugOf(document.title, 0)}.${extension}`,
	});
}

/** The read-only document of a version. */
export function versionUri(title: string, versionId: number, number: number): vscode.Uri {
	return readOnlyUri({ kind: 'version', key: String(versionId), title: `${title} v${number}` });
}

/** The prompt that a document shows; undefined for other documents. */
export function promptNameOf(uri: vscode.Uri): string | undefined {
	return uri.scheme === scheme && uri.authority === 'prompt' ? keyOf(uri) : undefined;
}

/** The address of the file of the template that a document shows; undefined for other documents. */
export function templateUriOf(uri: vscode.Uri): string | undefined {
	return uri.scheme === scheme && uri.authority === 'template' ? keyOf(uri) : undefined;
}

/** The test result that a document shows; undefined for other documents. */
export function testIdOf(uri: vscode.Uri): string | undefined {
	return uri.scheme === scheme && uri.authority === 'result' ? keyOf(uri) : undefined;
}

/** The version that a document shows; undefined for other documents. */
export function versionIdOf(uri: vscode.Uri): number | undefined {
	const id = uri.scheme === scheme && uri.authority === 'version' ? Number(keyOf(uri)) : NaN;
	return Number.isSafeInteger(id) ? id : undefined;
}

function keyOf(uri: vscode.Uri): string {
	return decodeURIComponent(uri.path.split('/')[1] ?? '');
}

/**
 * Shows prompts, templates, old versions, articles, results and requests as read-only documents, each kind loaded by its feature.
 */
export class ReadOnlyDocuments implements vscode.FileSystemProvider, vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
	readonly #disposables = new DisposableStore();
	readonly #texts = new DocumentTexts();

	readonly onDidChangeFile = this.#changed.event;

	constructor(onFailed: (error: unknown) => void) {
		this.#disposables.add(this.#changed);
		this.#disposables.add(
			vscode.workspace.registerFileSystemProvider(scheme, this, {
				isReadonly: new vscode.MarkdownString(
					vscode.l10n.t('This document is read-only. To change a prompt or a template, make a draft of it'),
				),
				isCaseSensitive: true,
			}),
		);
		this.#disposables.add(keepInUtf8(scheme, onFailed));
		this.#disposables.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.forget(uri.toString())));
	}

	/** Adds a feature's loaders, by kind of document. */
	add(loaders: Partial<Record<ReadOnlyDocument['kind'], DocumentLoader>>): void {
		this.#texts.add(loaders);
	}

	/** Reloads the documents that each change affects. */
	follow(event: Event<DocumentChange>): void {
		this.#disposables.add(event((change) => this.#announce(change)));
	}

	#announce(change: DocumentChange): void {
		const open = vscode.workspace.textDocuments.filter(({ uri, isClosed }) => uri.scheme === scheme && !isClosed);
		const affected = this.#texts.affectedBy(
			change,
			open.map(({ uri }) => uri.toString()),
		);
		if (affected.length > 0) {
			this.#changed.fire(
				affected.map((id) => ({ type: vscode.FileChangeType.Changed, uri: vscode.Uri.parse(id) })),
			);
		}
	}

	watch(): vscode.Disposable {
		return new vscode.Disposable(() => undefined);
	}

	async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
		const content = await this.readFile(uri);
		// The text has no modification time, so a hash of its bytes takes its place.
		const etag = content.reduce((sum, byte) => (sum * 31 + byte) % 0x7fff_ffff, content.length);
		return { type: vscode.FileType.File, ctime: 0, mtime: etag, size: content.length };
	}

	async readFile(uri: vscode.Uri): Promise<Uint8Array> {
		if (!this.#texts.has(uri.authority)) {
			throw vscode.FileSystemError.FileNotFound(uri);
		}
		try {
			return documentBytes(await this.#texts.load(uri.toString(), uri.authority, keyOf(uri)));
		} catch (thrown) {
			throw vscode.FileSystemError.Unavailable(toAppError(thrown).message);
		}
	}

	readDirectory(): [string, vscode.FileType][] {
		return [];
	}

	createDirectory(): never {
		throw readOnly();
	}

	writeFile(): never {
		throw readOnly();
	}

	delete(): never {
		throw readOnly();
	}

	rename(): never {
		throw readOnly();
	}

	dispose(): void {
		this.#disposables.dispose();
	}
}

function readOnly(): vscode.FileSystemError {
	return vscode.FileSystemError.NoPermissions(vscode.l10n.t('This document is read-only'));
}

export async function showReadOnly(
	document: ReadOnlyDocument,
	options: vscode.TextDocumentShowOptions = {},
): Promise<vscode.TextEditor> {
	const opened = await vscode.workspace.openTextDocument(readOnlyUri(document));
	return vscode.window.showTextDocument(opened, { viewColumn: textColumn(), ...options });
}
