import * as vscode from 'vscode';
import { visibleText } from '../../common/visibleText.ts';
import { textColumn } from './textColumn.ts';

/** Opens a diff editor. */
export async function showDiff(left: vscode.Uri, right: vscode.Uri, title: string): Promise<void> {
	await vscode.commands.executeCommand('vscode.diff', left, right, visibleText(title), { viewColumn: textColumn() });
}
