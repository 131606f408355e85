import * as v from 'valibot';
import type { MessageContent } from '../providers/provider.ts';

export type ToolResult = Extract<MessageContent, { type: 'tool-result' }>;

export interface FoundArticle {
	title: string;
	url: string;
	/** Empty if it is not recorded; the same for the source. */
	date: string;
	source: string;
	passage: string;
}

const text = v.fallback(v.string(), '');
const recorded = v.pipe(
	text,
	v.transform((value) => (value === 'not recorded' ? '' : value)),
);
const article = v.object({ title: text, url: text, date: recorded, source: recorded, passage: text });
const entries = v.fallback(v.array(v.unknown()), []);
/** The parts of the topic tools' output that are used here; any other output is ignored. */
const output = v.fallback(
	v.object({
		articles: entries,
		/** The words that were searched for, if a part of the query was a time phrase. */
		words: v.fallback(v.optional(v.string()), undefined),
		categories: v.fallback(v.array(v.object({ category: v.string(), articles: v.number() })), []),
		sentiment: v.fallback(v.union([v.string(), v.record(v.string(), v.number())]), ''),
		error: text,
	}),
	{ articles: [], categories: [], sentiment: '', error: '' },
);

function outputOf({ content }: ToolResult): v.InferOutput<typeof output> {
	let value: unknown;
	try {
		value = JSON.parse(content);
	} catch {
		// Text that is not JSON comes from a tool that is not one of the topic's.
	}
	return v.parse(output, value);
}

/** The distinct articles of some results. */
export function articlesOf(results: readonly ToolResult[]): FoundArticle[] {
	const found = new Map<string, FoundArticle>();
	for (const entry of results.flatMap((result) => outputOf(result).articles)) {
		const parsed = v.safeParse(article, entry);
		if (parsed.success && parsed.output.url !== '' && !found.has(parsed.output.url)) {
			found.set(parsed.output.url, { ...parsed.output, title: parsed.output.title || parsed.output.url });
		}
	}
	return [...found.values()];
}

/** The text that was searched for, without time phrases, which are filters; undefined if no result reports it. */
export function searchedText(results: readonly ToolResult[]): string | undefined {
	const searched = results.flatMap((result) => outputOf(result).words ?? []);
	return searched.length === 0 ? undefined : searched.join(' ');
}

/** The counts of a tool that returns no articles, as text; undefined for any other result. */
export function countsOf(result: ToolResult): string | undefined {
	const { categories, sentiment } = outputOf(result);
	const counted = (counts: [string, number][]) => counts.map(([name, count]) => `${name} (${count})`).join(', ');
	if (categories.length > 0) {
		return `categories: ${counted(categories.map(({ category, articles }) => [category, articles]))}`;
	}
	const sentiments = typeof sentiment === 'string' ? sentiment : counted(Object.entries(sentiment));
	return sentiments === '' ? undefined : `sentiment: ${sentiments}`;
}

/** The error message of a failed tool. */
export function errorOf(result: ToolResult): string {
	return outputOf(result).error || result.content;
}
