import * as vscode from 'vscode';
import { textTabs } from '../kit/textTabs.ts';
import { suiteAddress } from './suiteUri.ts';

/**
 * The open documents of a suite: those with unsaved text first, then the one in its tab. There are two if one was opened under
 * its address or an old name and the other under the current name.
 */
export function openSuiteDocuments(suite: vscode.Uri): vscode.TextDocument[] {
	const key = suiteAddress(suite).toString();
	const tab = suiteTab(suite)?.toString();
	const rank = ({ isDirty, uri }: vscode.TextDocument) => Number(isDirty) * 2 + Number(uri.toString() === tab);
	return vscode.workspace.textDocuments
		.filter(({ uri, isClosed }) => !isClosed && suiteAddress(uri).toString() === key)
		.sort((a, b) => rank(b) - rank(a));
}

/** The URI under which a suite has a tab, also one whose document was not loaded yet since the window was opened. */
export function suiteTab(suite: vscode.Uri): vscode.Uri | undefined {
	const key = suiteAddress(suite).toString();
	return textTabs().find((uri) => suiteAddress(uri).toString() === key);
}

/** Shows a suite under the name of its draft or prompt; one that has an editor already is shown there. */
export async function showSuite(
	files: { documentUri: (suite: vscode.Uri) => Promise<vscode.Uri> },
	suite: vscode.Uri,
	options?: vscode.TextDocumentShowOptions,
): Promise<void> {
	const uri = await files.documentUri(suite);
	await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), options);
}
