import * as vscode from 'vscode';
import { topicArgument } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { withImportProgress } from './topicImport.ts';

export const refreshTopic: Command = {
	id: 'refreshTopic',
	async run(services, argument) {
		const name = await topicArgument(services, argument);
		return withImportProgress(services, name, vscode.l10n.t('Refreshing {0}', name), (options) =>
			services.topics.refresh(name, options),
		);
	},
};
