import * as vscode from 'vscode';
import { showInformation } from '../kit/notify.ts';
import type { Command } from '../kit/command.ts';
import type { ModelServices } from './modelServices.ts';
import { pickKeyProvider } from './setApiKey.ts';

export const removeApiKey: Command<ModelServices> = {
	id: 'removeApiKey',
	async run(services, provider) {
		const config = await pickKeyProvider(provider);
		await services.keys.remove(config);
		void showInformation(vscode.l10n.t('The API key for {0} was removed', config.id));
	},
};
