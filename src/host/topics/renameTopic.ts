import * as vscode from 'vscode';
import { checkTopicName } from '../../common/topicName.ts';
import { askText, topicArgument } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';

export const renameTopic: Command = {
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
