import * as v from 'valibot';
import type { Tool } from '../../common/tools.ts';
import { notRecorded } from './articleOutput.ts';
import { topicTool, type ToolContext } from './topicTool.ts';

export function getArticleCategories(context: ToolContext): Tool {
	return topicTool(context, {
		name: 'get_article_categories',
		description: 'The categories of the topic with the number of articles and the newest date of each.',
		arguments: v.object({}),
		properties: {},
		required: [],
		async run(_input, notes) {
			const counts = await context.service.ask('categories', context.topic, {});
			const categories = counts.map(({ category, count, newest }) => ({
				category: category ?? notRecorded,
				articles: count,
				newest: newest?.slice(0, 10) ?? notRecorded,
			}));
			const recorded = counts.filter(({ category }) => category !== null).length;
			return {
				content: JSON.stringify({ ...(notes.length > 0 ? { notes } : {}), categories }),
				summary:
					recorded === 0
						? 'categories not recorded'
						: `${recorded === 1 ? '1 category' : `${recorded} categories`}`,
			};
		},
	});
}
