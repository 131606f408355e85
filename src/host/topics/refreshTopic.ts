import * as vscode from 'vscode';
import { topicArgument } from './topicArgument.ts';
import type { Command } from '../kit/command.ts';
import type { TopicServices } from './topicServices.ts';
import { withImportProgress } from './topicImport.ts';

export const refreshTopic: Command<TopicServices> = {
	id: 'refreshTopic',
	async run(services, argument) {
		const name = await topicArgument(services, argument);
		return withImportProgress(services, name, vscode.l10n.t('Refreshing {0}', name), (options) =>
			services.topics.refresh(name, options),
		);
	},
};
