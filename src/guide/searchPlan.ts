import * as v from 'valibot';
import type { ToolDefinition } from '../common/tools.ts';
import { keywords } from './prose.ts';
import type { Piece } from './reply.ts';

export type Call = Extract<Piece, { kind: 'call' }>;

const wordsInQuery = 10;
const wordsInWiderQuery = 2;
const articleLimit = 10;

const periodPhrase =
	/\b(?:(?:last|past) (?:\d+ )?(?:days?|weeks?|months?|years?|quarter)|since (?:\p{L}+ )?\d{4}|since \p{Lu}\p{L}+)\b/iu;
/** Words about the search itself, which mean a filter or another tool. */
const searchWord =
	/^(?:last|past|since|recent(?:ly)?|latest|newest|days?|weeks?|months?|years?|quarter|articles?|sentiments?|mood|categor(?:y|ies))$/i;

/** The calls that the question's words suggest, with the tools that are offered; empty if none of them fits. */
export function firstSearch(question: string, tools: readonly ToolDefinition[]): Call[] {
	const period = periodPhrase.exec(question)?.[0];
	const words = searchWords(question);
	const query = [...words.slice(0, wordsInQuery), ...(period === undefined ? [] : [period])].join(' ');
	const newest = words.length === 0 || /\b(?:newest|latest|most recent|what(?:'s| is) new)\b/i.test(question);
	return [
		...call(tools, 'enhanced_database_search', words.length > 0, { query, limit: articleLimit }),
		...call(tools, 'get_topic_articles', newest, { limit: articleLimit }),
		...call(tools, 'get_article_categories', /\bcategor/i.test(question), {}),
		...call(tools, 'analyze_sentiment_trends', /\b(?:sentiment|mood)\b/i.test(question), {}),
	];
}

/** Searches for the longest words only, which tend to be the most specific ones, and for the newest articles on anything. */
export function widerSearch(question: string, tools: readonly ToolDefinition[]): Call[] {
	const words = searchWords(question);
	const specific = words.toSorted((a, b) => b.length - a.length).slice(0, wordsInWiderQuery);
	const isWider = words.length > wordsInWiderQuery;
	return [
		...call(tools, 'enhanced_database_search', isWider, { query: specific.join(' '), limit: articleLimit }),
		...call(tools, 'get_topic_articles', true, { limit: articleLimit }),
	];
}

/** The content words of the question as written, without its time phrase. */
export function searchWords(question: string): string[] {
	return keywords(question.replace(periodPhrase, ' ')).filter((word) => !searchWord.test(word));
}

const pinnedTopic = v.object({ properties: v.object({ topic: v.object({ enum: v.array(v.string()) }) }) });

/** A call of a tool, with the topic if the tool's schema fixes one. */
function call(tools: readonly ToolDefinition[], name: string, wanted: boolean, input: Record<string, unknown>): Call[] {
	const tool = tools.find((offered) => offered.name === name);
	if (!tool || !wanted) {
		return [];
	}
	const pinned = v.safeParse(pinnedTopic, tool.inputSchema);
	const topic = pinned.success ? pinned.output.properties.topic.enum[0] : undefined;
	return [{ kind: 'call', name, input: topic === undefined ? input : { ...input, topic } }];
}
