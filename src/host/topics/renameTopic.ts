import * as vscode from 'vscode';
import { checkTopicName } from '../../common/topicName.ts';
import { askText } from '../kit/arguments.ts';
import { topicArgument } from './topicArgument.ts';
import type { Command } from '../kit/command.ts';
import type { TopicServices } from './topicServices.ts';

export const renameTopic: Command<TopicServices> = {
	id: 'renameTopic',
	async run(services, argument, name) {
		const from = await topicArgument(services, argument);
		const to =
			typeof name === 'string'
				? name
				: await askText({ title: vscode.l10n.t('Rename Topic'), value: from }, checkTopicName);
		await services.topics.rename(from, checkTopicName(to));
	},
};
