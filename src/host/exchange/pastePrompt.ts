import * as vscode from 'vscode';
import { pastedName } from '../../formats/importing/pastedText.ts';
import type { Command } from '../kit/command.ts';
import { clipboardText } from './clipboardText.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { importWithPage } from './runImport.ts';

/** Imports a text that is given or on the clipboard: a prompt, or a file of another tool. */
export const pastePrompt: Command<ExchangeServices> = {
	id: 'pastePrompt',
	async run(services, given) {
		const text = typeof given === 'string' ? given : await clipboardText();
		const name = pastedName(text, vscode.l10n.t('Pasted prompt'));
		return importWithPage(services, { places: [], texts: [{ name, text }] });
	},
};
