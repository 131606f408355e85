import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { chosen, property } from '../kit/arguments.ts';
import { showPick } from '../kit/pick.ts';
import type { TopicServices } from './topicServices.ts';

/** A topic's name from a string, a tree item or the user's choice. */
export async function topicArgument(services: Pick<TopicServices, 'topics'>, argument: unknown): Promise<string> {
	const given = typeof argument === 'string' ? argument : property(argument, 'topicName');
	if (typeof given === 'string') {
		return given;
	}
	const topics = await services.topics.list();
	if (topics.length === 0) {
		throw new AppError('not-found', vscode.l10n.t('There are no topics yet. Use "Import Topic" to create one'), {
			info: { remedy: 'importTopic' },
		});
	}
	const items = topics.map(({ name, articles }) => ({
		label: name,
		description: vscode.l10n.t('{0} articles', articles.toLocaleString()),
	}));
	return chosen(await showPick(items, { placeHolder: vscode.l10n.t('Choose a topic') })).label;
}
