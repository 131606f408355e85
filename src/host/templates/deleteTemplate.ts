import * as vscode from 'vscode';
import { offerUndo } from '../kit/offerUndo.ts';
import { writeAtomically } from '../kit/writeAtomically.ts';

/** Deletes a template of the user and offers to undo it. */
export async function deleteTemplate(uri: vscode.Uri): Promise<void> {
	const { fs } = vscode.workspace;
	// As bytes: the file may be no text at all.
	const content = await fs.readFile(uri);
	await fs.delete(uri);
	const name = uri.path.split('/').at(-1) ?? '';
	offerUndo(vscode.l10n.t('{0} was deleted', name), () => writeAtomically(uri, content));
}
