import * as vscode from 'vscode';
import { pastedPromptObject } from '../../formats/importing/pastedText.ts';
import type { Command } from '../kit/command.ts';
import { clipboardText } from './clipboardText.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { importWithPage } from './runImport.ts';

/** Imports a prompt of OpenAI's dashboard, which cannot be exported there, from its text or JSON. */
export const pasteOpenAiPrompt: Command<ExchangeServices> = {
	id: 'pasteOpenAiPrompt',
	async run(services, given) {
		const pasted = typeof given === 'string' ? given : await clipboardText();
		const name = vscode.l10n.t('OpenAI prompt');
		const text = pastedPromptObject(pasted, name);
		return importWithPage(services, { places: [], texts: [{ name: `${name}.json`, text }] });
	},
};
