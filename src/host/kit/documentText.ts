import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';

/** Encodings of a document in which every text can be written. */
const utf8Encodings = ['utf8', 'utf8bom'];

/**
 * The bytes of one of our documents as VS Code is given them: UTF-8 behind a byte order mark. The mark makes VS Code read
 * UTF-8 whatever `files.encoding` says and whatever it would guess. It is no part of the text.
 */
export function documentBytes(text: string): Uint8Array {
	return new TextEncoder().encode(`\uFEFF${text}`);
}

/**
 * The text that VS Code means by the bytes of a save. It hands them over in the document's encoding and does not say
 * which one that is; what the encoding lacks is no longer in them. So the document's own text is taken where the bytes
 * are that text. Throws `validation` when the bytes are no text in any encoding that they could be in.
 */
export async function documentText(uri: vscode.Uri, bytes: Uint8Array): Promise<string> {
	const document = vscode.workspace.textDocuments.find(
		(open) => !open.isClosed && open.uri.toString() === uri.toString(),
	);
	if (document) {
		const { encoding, isDirty } = document;
		const text = document.getText();
		if (sameBytes(await vscode.workspace.encode(text, { encoding }), bytes)) {
			return text;
		}
		// Somebody went on typing while VS Code was saving. What is decoded must give the same bytes again.
		const decoded = isDirty ? await vscode.workspace.decode(bytes, { encoding }) : undefined;
		if (decoded !== undefined && sameBytes(await vscode.workspace.encode(decoded, { encoding }), bytes)) {
			return decoded;
		}
	}
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch (cause) {
		throw new AppError(
			'validation',
			vscode.l10n.t(
				'Not saved: the text is not in UTF-8. Run "Change File Encoding", then choose "Save with Encoding" and UTF-8',
			),
			{ cause },
		);
	}
}

/** Keeps the clean documents of a scheme in UTF-8, whatever encoding they were opened, saved or reopened with. */
export function keepInUtf8(scheme: string, onFailed: (error: unknown) => void): vscode.Disposable {
	const reopen = (document: vscode.TextDocument) => {
		const { uri, encoding, isDirty, isClosed } = document;
		if (uri.scheme === scheme && !isDirty && !isClosed && !utf8Encodings.includes(encoding)) {
			vscode.workspace.openTextDocument(uri, { encoding: 'utf8' }).then(undefined, (error: unknown) => {
				// VS Code refuses where somebody has begun to type; after the save it is tried again.
				if (!document.isDirty) {
					onFailed(error);
				}
			});
		}
	};
	const listeners = [
		vscode.workspace.onDidOpenTextDocument(reopen),
		vscode.workspace.onDidSaveTextDocument(reopen),
		// A change of the encoding alone is a change without contents.
		vscode.workspace.onDidChangeTextDocument(({ document }) => reopen(document)),
	];
	return vscode.Disposable.from(...listeners);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
	return Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(b);
}
