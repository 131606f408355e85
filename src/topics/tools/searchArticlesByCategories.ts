import * as v from 'valibot';
import type { Tool } from '../../common/tools.ts';
import { articleOutput, articlesInWords } from './articleOutput.ts';
import { dateFilterOf } from './dateFilter.ts';
import {
	daysBackProperty,
	daysBackSchema,
	limitProperty,
	limitSchema,
	listSchema,
	topicTool,
	type ToolContext,
} from './topicTool.ts';

export function searchArticlesByCategories(context: ToolContext): Tool {
	return topicTool(context, {
		name: 'search_articles_by_categories',
		description: 'The newest articles of the topic in given categories; get_article_categories lists them.',
		arguments: v.object({ categories: listSchema('category'), limit: limitSchema, days_back: daysBackSchema }),
		properties: {
			categories: {
				type: 'array',
				items: { type: 'string' },
				minItems: 1,
				maxItems: 20,
				description: 'Names of categories.',
			},
			limit: limitProperty,
			days_back: daysBackProperty,
		},
		required: ['categories'],
		async run({ categories, limit, days_back: days }, notes) {
			const counts = await context.service.ask('categories', context.topic, {});
			const known = counts.flatMap(({ category }) => category ?? []);
			const fold = (category: string) => category.toLowerCase();
			const asked = new Set(categories.map(fold));
			const unknown = categories.filter((category) => !known.map(fold).includes(fold(category)));
			if (known.length === 0) {
				notes.push('The articles of this topic record no category.');
			} else if (unknown.length > 0) {
				notes.push(
					`No article has the category ${unknown.join(', ')}. Categories: ${known.slice(0, 50).join(', ')}.`,
				);
			}
			const { from, until, dates } = await dateFilterOf(
				context,
				days === undefined ? '' : `last ${days} days`,
				notes,
			);
			const filter = {
				from,
				until,
				categories: known.filter((category) => asked.has(fold(category))),
				limit: context.budget.reach(limit),
			};
			const { hits, total } = await context.service.ask('latest', context.topic, filter);
			return articleOutput(
				{ categories, found: total, ...(dates && { dates }) },
				hits,
				context.budget,
				notes,
				(count) => [categories.join(', '), articlesInWords(count)].join(' · '),
			);
		},
	});
}
