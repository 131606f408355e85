import * as v from 'valibot';
import type { Tool } from '../../common/tools.ts';
import { hasOnlyStopWords } from '../../common/searchTerms.ts';
import { diversify } from './diversify.ts';
import { articleOutput, articlesInWords } from './articleOutput.ts';
import { dateFilterOf } from './dateFilter.ts';
import { limitProperty, limitSchema, topicTool, type ToolContext } from './topicTool.ts';

export function enhancedDatabaseSearch(context: ToolContext): Tool {
	return topicTool(context, {
		name: 'enhanced_database_search',
		description:
			'Ranked full-text search over the articles of the topic. A time phrase in the query ("last 7 days", "past quarter", "since March 2026", "between March and May 2026") becomes a date filter. Returns title, url, date, source and the passage that matched; cite articles by their url.',
		arguments: v.object({
			query: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(1000)),
			limit: limitSchema,
		}),
		properties: {
			query: {
				type: 'string',
				description: 'What to look for, in plain words; "words in quotes" stay together.',
			},
			limit: limitProperty,
		},
		required: ['query'],
		async run({ query, limit }, notes) {
			const { rest, from, until, dates } = await dateFilterOf(context, query, notes);
			const wanted = context.budget.reach(limit);
			const hits =
				dates !== undefined && hasOnlyStopWords(rest)
					? (await context.service.ask('latest', context.topic, { from, until, limit: wanted })).hits
					: diversify(
							await context.service.ask('search', context.topic, rest, {
								from,
								until,
								limit: wanted * 2,
							}),
							wanted,
						);
			return articleOutput(
				{ query, ...(dates && { dates, words: rest }) },
				hits,
				context.budget,
				notes,
				(count) => [`"${query}"`, articlesInWords(count)].join(' · '),
			);
		},
	});
}
