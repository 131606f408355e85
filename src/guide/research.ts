import type { MessageContent, ModelMessage, ModelRequest } from '../providers/provider.ts';
import { messageText } from './material.ts';
import { bestSentences, listed, shorten, terms } from './prose.ts';
import { introduction, link, quoted, type Piece } from './reply.ts';
import { firstSearch, searchWords, widerSearch, type Call } from './searchPlan.ts';
import { articlesOf, countsOf, errorOf, searchedText, type FoundArticle, type ToolResult } from './toolResults.ts';

const articlesQuoted = 6;
/** This many matches are always shown; more only if they match at least half as well as the best. */
const alwaysQuoted = 3;
/** If fewer articles are found, a second, wider search is made. */
const enoughArticles = 3;

/** Number of the request in its run, from 1; increases after each round of tool calls. */
export function roundOf(messages: readonly ModelMessage[]): number {
	const isCall = (part: MessageContent) => part.type === 'tool-call';
	return (
		1 + sinceQuestion(messages).filter(({ role, content }) => role === 'assistant' && content.some(isCall)).length
	);
}

/** Plans a search, widens it once if little was found, then answers with extracts of what the tools returned. */
export function* answerTest({ messages, tools = [] }: ModelRequest): Generator<Piece> {
	const question = messageText(messages.findLast(isQuestion));
	const round = roundOf(messages);
	const results = sinceQuestion(messages).flatMap(({ content }) =>
		content.filter((part) => part.type === 'tool-result'),
	);
	const articles = articlesOf(results);
	const few = articles.length < enoughArticles;
	const plan = round === 1 ? firstSearch(question, tools) : round === 2 && few ? widerSearch(question, tools) : [];
	if (plan.length > 0) {
		yield* announce(question, round, articles.length, plan);
		yield* plan;
	} else {
		const words = withoutFilters(searchWords(question), searchedText(results));
		yield* report(words, round, results, articles, tools.length > 0);
	}
}

/** The words except those that a search used as a time phrase, such as "January 2026". */
function withoutFilters(words: readonly string[], searched: string | undefined): string[] {
	const kept = searched === undefined ? undefined : new Set(terms(searched));
	return words.filter((word) => kept === undefined || terms(word).some((term) => kept.has(term)));
}

function* announce(question: string, round: number, found: number, plan: readonly Call[]): Generator<Piece> {
	yield {
		kind: 'thinking',
		text:
			round === 1
				? `Words of the question to search for: ${searchWords(question).join(', ') || 'none'}.\n`
				: `Articles so far: ${found}, fewer than ${enoughArticles}. One wider search.\n`,
	};
	const calls = plan.map(({ name, input }) => `${name} ${JSON.stringify(input)}`);
	yield { kind: 'thinking', text: `Search planned: ${listed(calls)}.` };
}

function* report(
	words: readonly string[],
	round: number,
	results: readonly ToolResult[],
	articles: readonly FoundArticle[],
	hasTools: boolean,
): Generator<Piece> {
	yield {
		kind: 'thinking',
		text: hasTools
			? `Rounds of search: ${round - 1}. Results: ${results.length}. Distinct articles: ${articles.length}.`
			: 'Tools offered: none. A search is not possible.',
	};
	yield {
		kind: 'text',
		text: `${introduction} I did not read the prompt: I quote by the words of the question.\n\n`,
	};
	if (results.length === 0) {
		yield {
			kind: 'text',
			text: hasTools
				? 'None of the tools offered is one that I can search with, so I have nothing to quote.'
				: 'No tools are offered in this run, so I could not search and have nothing to quote. Choose a topic with articles.',
		};
		return;
	}
	yield* articles.length === 0 ? nothingFound(results) : extracts(words, articles);
	for (const result of results) {
		const counts = result.isError ? undefined : countsOf(result);
		if (result.isError) {
			yield {
				kind: 'text',
				text: `\nThe tool \`${result.name}\` failed: ${quoted(shorten(errorOf(result), 200))}\n`,
			};
		} else if (counts !== undefined) {
			yield { kind: 'text', text: `\nRecorded ${quoted(shorten(counts, 600))}\n` };
		}
	}
}

function* nothingFound(results: readonly ToolResult[]): Generator<Piece> {
	const names = [...new Set(results.map(({ name }) => `\`${name}\``))];
	yield { kind: 'text', text: `Nothing was found: ${listed(names)} returned no article. ` };
	yield { kind: 'text', text: 'Other words, a longer period or another topic may help.\n' };
}

function* extracts(words: readonly string[], articles: readonly FoundArticle[]): Generator<Piece> {
	const wanted = terms(words.join(' '));
	const scored = articles
		.map((article) => ({ article, ...bestExtract(article, wanted) }))
		.sort((a, b) => b.score - a.score);
	const best = scored[0]?.score ?? 0;
	const matching = scored.filter(({ score }, index) => score > (index < alwaysQuoted ? 0 : best / 2));
	const shown = (matching.length > 0 ? matching : scored).slice(0, articlesQuoted);
	const found = articles.length === 1 ? '1 article' : `${articles.length} articles`;
	yield {
		kind: 'text',
		text:
			matching.length > 0
				? `${found} found. Sentences with most words of the question:\n\n`
				: `${found} found, none with a passage that shares a word with the question. The first of them:\n\n`,
	};
	for (const { article, text } of shown) {
		const known = [article.source, article.date].filter((value) => value !== '').map(quoted);
		const extract = text === '' ? '' : `“${quoted(shorten(text, 320))}” `;
		const origin = known.length === 0 ? '' : ` (${known.join(', ')})`;
		yield { kind: 'text', text: `- ${extract}${link(article.title, article.url)}${origin}\n` };
	}
	const present = new Set(articles.flatMap(({ title, passage }) => terms(`${title} ${passage}`)));
	const missing = words.filter((word) => terms(word).some((term) => !present.has(term)));
	if (missing.length > 0) {
		const named = listed(missing.map((word) => `“${quoted(word)}”`));
		yield {
			kind: 'text',
			text: `\n**Limits:** ${named} ${missing.length === 1 ? 'occurs' : 'occur'} in none of these passages.\n`,
		};
	}
}

/** The sentence of the passage with the most wanted words; a match in the title counts half and is not quoted. */
function bestExtract({ title, passage }: FoundArticle, wanted: readonly string[]): { text: string; score: number } {
	const best = bestSentences(passage, wanted)[0];
	const inTitle = bestSentences(title, wanted)[0]?.score ?? 0;
	return { text: best?.text ?? '', score: (best?.score ?? 0) + inTitle / 2 };
}

function isQuestion({ role, content }: ModelMessage): boolean {
	return role === 'user' && content.some(({ type }) => type === 'text');
}

function sinceQuestion(messages: readonly ModelMessage[]): ModelMessage[] {
	return messages.slice(messages.findLastIndex(isQuestion) + 1);
}
