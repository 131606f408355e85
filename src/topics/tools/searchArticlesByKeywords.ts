import * as v from 'valibot';
import type { Tool } from '../../common/tools.ts';
import { articleOutput, articlesInWords } from './articleOutput.ts';
import { limitProperty, limitSchema, listSchema, topicTool, type ToolContext } from './topicTool.ts';

export function searchArticlesByKeywords(context: ToolContext): Tool {
	return topicTool(context, {
		name: 'search_articles_by_keywords',
		description:
			'Articles of the topic that contain given keywords, best match first. A keyword of several words is found as a phrase.',
		arguments: v.object({
			keywords: listSchema('keyword'),
			match: v.optional(v.picklist(['any', 'all']), 'any'),
			limit: limitSchema,
		}),
		properties: {
			keywords: {
				type: 'array',
				items: { type: 'string' },
				minItems: 1,
				maxItems: 20,
				description: 'Words or short phrases.',
			},
			match: {
				type: 'string',
				enum: ['any', 'all'],
				description: 'Whether one keyword is enough (any) or each must occur (all).',
			},
			limit: limitProperty,
		},
		required: ['keywords'],
		async run({ keywords, match, limit }, notes) {
			const query = keywords.map((keyword) => `"${keyword.replaceAll('"', ' ')}"`).join(' ');
			const hits = await context.service.ask('search', context.topic, query, {
				limit: context.budget.reach(limit),
				match,
			});
			return articleOutput({ keywords, match }, hits, context.budget, notes, (count) =>
				[keywords.join(', '), articlesInWords(count)].join(' · '),
			);
		},
	});
}
