import { generalTopic } from '../../common/model.ts';
import type { ToolSession } from '../contract.ts';
import type { TopicService } from '../topicService.ts';
import { analyzeSentimentTrends } from './analyzeSentimentTrends.ts';
import { ArticleBudget } from './articleBudget.ts';
import { enhancedDatabaseSearch } from './enhancedDatabaseSearch.ts';
import { getArticleCategories } from './getArticleCategories.ts';
import { getTopicArticles } from './getTopicArticles.ts';
import { searchArticlesByCategories } from './searchArticlesByCategories.ts';
import { searchArticlesByKeywords } from './searchArticlesByKeywords.ts';
import type { ToolContext } from './topicTool.ts';

const allTools = [
	enhancedDatabaseSearch,
	getTopicArticles,
	getArticleCategories,
	searchArticlesByKeywords,
	searchArticlesByCategories,
	analyzeSentimentTrends,
];

/** The tools of one run over a topic; the topic `General` has none. */
export function toolSession(service: TopicService, topic: string, options: { limit: number; now?: Date }): ToolSession {
	const budget = new ArticleBudget(options.limit);
	const context: ToolContext = { service, topic, budget, now: options.now ?? new Date() };
	return {
		tools: topic === generalTopic ? [] : allTools.map((create) => create(context)),
		returned: budget.returned,
		checkCitations: (markdown) => service.ask('citations', topic, markdown, [...budget.returned]),
	};
}
