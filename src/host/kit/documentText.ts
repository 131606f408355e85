import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';

/** Encodings that can represent every text. */
const utf8Encodings = ['utf8', 'utf8bom'];

/**
 * The bytes of one of our documents for VS Code: UTF-8 with a byte order mark. The mark makes VS Code read UTF-8
 * whatever `files.encoding` says and whatever it would guess. It is not part of the text.
 */
export function documentBytes(text: string): Uint8Array {
	return new TextEncoder().encode(`\uFEFF${text}`);
}

/**
 * The text of the bytes that VS Code saves. VS Code encodes them in the document's encoding without saying which, and
 * characters that the encoding lacks are lost. So the document's own text is used if it encodes to the same bytes.
 * Throws `validation` if the bytes are not text in any possible encoding.
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
		// The user typed on while VS Code was saving. The decoded text must encode to the same bytes again.
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

/** Keeps unmodified documents of a scheme in UTF-8, whatever encoding they were opened, saved or reopened with. */
export function keepInUtf8(scheme: string, onFailed: (error: unknown) => void): vscode.Disposable {
	const reopen = (document: vscode.TextDocument) => {
		const { uri, encoding, isDirty, isClosed } = document;
		if (uri.scheme === scheme && !isDirty && !isClosed && !utf8Encodings.includes(encoding)) {
			vscode.workspace.openTextDocument(uri, { encoding: 'utf8' }).then(undefined, (error: unknown) => {
				// VS Code refuses if the user has started to type; it is tried again after the save.
				if (!document.isDirty) {
					onFailed(error);
				}
			});
		}
	};
	const listeners = [
		vscode.workspace.onDidOpenTextDocument(reopen),
		vscode.workspace.onDidSaveTextDocument(reopen),
		// A change of the encoding alone is reported as a change without contents.
		vscode.workspace.onDidChangeTextDocument(({ document }) => reopen(document)),
	];
	return vscode.Disposable.from(...listeners);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
	return Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(b);
}
