import * as v from 'valibot';
import type { Tool } from '../../common/tools.ts';
import { articleOutput, articlesInWords } from './articleOutput.ts';
import { dateFilterOf } from './dateFilter.ts';
import {
	daysBackProperty,
	daysBackSchema,
	limitProperty,
	limitSchema,
	topicTool,
	type ToolContext,
} from './topicTool.ts';

export function getTopicArticles(context: ToolContext): Tool {
	return topicTool(context, {
		name: 'get_topic_articles',
		description: 'The newest articles of the topic, with their opening. Use it for an overview of recent coverage.',
		arguments: v.object({ limit: limitSchema, days_back: daysBackSchema }),
		properties: { limit: limitProperty, days_back: daysBackProperty },
		required: [],
		async run({ limit, days_back: days }, notes) {
			const { from, until, dates } = await dateFilterOf(
				context,
				days === undefined ? '' : `last ${days} days`,
				notes,
			);
			const wanted = context.budget.reach(limit);
			const { hits, total } = await context.service.ask('latest', context.topic, { from, until, limit: wanted });
			return articleOutput({ found: total, ...(dates && { dates }) }, hits, context.budget, notes, (count) =>
				[days === undefined ? 'newest' : `last ${days} days`, articlesInWords(count)].join(' · '),
			);
		},
	});
}
