import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { showReadOnly } from '../kit/readOnlyDocuments.ts';
import { optionsArgument } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import type { TopicServices } from './topicServices.ts';

export const openArticle: Command<TopicServices> = {
	id: 'openArticle',
	async run(services, argument) {
		const uri = typeof argument === 'string' ? argument : optionsArgument(argument)['articleUri'];
		const article = typeof uri === 'string' ? await services.topics.article(uri) : undefined;
		if (!article) {
			throw new AppError('not-found', l10n.t('No imported article has this address. Import its topic again'));
		}
		await showReadOnly({ kind: 'article', key: article.uri, title: article.title });
	},
};
