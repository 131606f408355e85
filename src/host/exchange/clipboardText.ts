import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';

/** What is on the clipboard. Rejects with `not-found` if that is no text. */
export async function clipboardText(): Promise<string> {
	const text = await vscode.env.clipboard.readText();
	if (text.trim() === '') {
		throw new AppError('not-found', vscode.l10n.t('There is no text on the clipboard. Copy the prompt first'));
	}
	return text;
}
