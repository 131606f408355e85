import * as vscode from 'vscode';
import { showPick } from '../kit/pick.ts';
import { chosen } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import type { ModelServices } from './modelServices.ts';

/** Chooses the model of the chat or of the tests: `chooseModel('chat' | 'test', 'provider/model')`. */
export const chooseModel: Command<ModelServices> = {
	id: 'chooseModel',
	async run(services, use, given) {
		const target =
			use === 'chat' || use === 'test'
				? use
				: chosen(
						await showPick(
							[
								{ label: vscode.l10n.t('Design chat'), use: 'chat' as const },
								{ label: vscode.l10n.t('Test runs and Prompt Lab'), use: 'test' as const },
							],
							{ placeHolder: vscode.l10n.t('Choose what to set the model for'), ignoreFocusOut: true },
						),
					).use;
		const model = typeof given === 'string' ? given : await services.modelChoice.pick();
		await services.modelChoice.set(target, model);
		return model;
	},
};
