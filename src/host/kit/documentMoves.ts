import * as vscode from 'vscode';

/**
 * Moves of open documents that follow a new name of what they show. VS Code keeps their unsaved text, but refuses to move a
 * document to a URI that resolves already: a file system lets `isTarget` not resolve until `make` made the move.
 */
export class DocumentMoves {
	readonly #pending = new Map<string, string>();

	isSource(uri: vscode.Uri): boolean {
		return this.#pending.has(uri.toString());
	}

	isTarget(uri: vscode.Uri): boolean {
		return [...this.#pending.values()].includes(uri.toString());
	}

	/** Asks VS Code to move a document, which then calls `rename` of the file system. */
	async ask(from: vscode.Uri, to: vscode.Uri): Promise<void> {
		if (this.isSource(from)) {
			return;
		}
		this.#pending.set(from.toString(), to.toString());
		try {
			const edit = new vscode.WorkspaceEdit();
			edit.renameFile(from, to);
			await vscode.workspace.applyEdit(edit);
		} finally {
			this.#pending.delete(from.toString());
		}
	}

	/** What a file system announces for a move that was asked for; undefined for any other. */
	make(from: vscode.Uri, to: vscode.Uri): vscode.FileChangeEvent[] | undefined {
		if (this.#pending.get(from.toString()) !== to.toString()) {
			return undefined;
		}
		this.#pending.delete(from.toString());
		return [
			{ type: vscode.FileChangeType.Deleted, uri: from },
			{ type: vscode.FileChangeType.Created, uri: to },
		];
	}
}
