import * as vscode from 'vscode';

const scheme = 'prompt-lab';
/** Older texts are discarded; their tabs say so. */
const maxTexts = 50;

/** Texts of the Lab (long answers, requests) as read-only documents. They live as long as the window. */
export class LabDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
	readonly #texts = new Map<string, string>();
	readonly #registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
	#next = 1;

	provideTextDocumentContent(uri: vscode.Uri): string {
		return (
			this.#texts.get(uri.path) ?? vscode.l10n.t('This text is no longer available. Open it again from the Lab.')
		);
	}

	/** Adds a text and returns its URI. The extension of `name` determines the language. */
	add(text: string, name: string): vscode.Uri {
		const path = `/${this.#next++}/${name}`;
		this.#texts.set(path, text);
		const oldest = this.#texts.keys().next().value;
		if (this.#texts.size > maxTexts && oldest !== undefined) {
			this.#texts.delete(oldest);
		}
		return vscode.Uri.from({ scheme, path });
	}

	async show(text: string, name: string): Promise<void> {
		const document = await vscode.workspace.openTextDocument(this.add(text, name));
		await vscode.window.showTextDocument(document, { preview: true });
	}

	dispose(): void {
		this.#registration.dispose();
	}
}
