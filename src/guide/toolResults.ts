import * as v from 'valibot';
import type { MessageContent } from '../providers/provider.ts';

export type ToolResult = Extract<MessageContent, { type: 'tool-result' }>;

export interface FoundArticle {
	title: string;
	url: string;
	/** Empty where it is not recorded, as the source is. */
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
/** What the topic's tools answer, as far as it is read here; of any other answer nothing is. */
const output = v.fallback(
	v.object({
		articles: entries,
		/** The words that were searched for, where a part of the query was a time phrase. */
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
		// Text that is no JSON is the answer of a tool that is not the topic's.
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

/** The text that the searches looked for, without time phrases, which are filters; undefined where no search says so. */
export function searchedText(results: readonly ToolResult[]): string | undefined {
	const searched = results.flatMap((result) => outputOf(result).words ?? []);
	return searched.length === 0 ? undefined : searched.join(' ');
}

/** Counts that a tool without articles gave, in words; undefined for any other result. */
export function countsOf(result: ToolResult): string | undefined {
	const { categories, sentiment } = outputOf(result);
	const counted = (counts: [string, number][]) => counts.map(([name, count]) => `${name} (${count})`).join(', ');
	if (categories.length > 0) {
		return `categories: ${counted(categories.map(({ category, articles }) => [category, articles]))}`;
	}
	const sentiments = typeof sentiment === 'string' ? sentiment : counted(Object.entries(sentiment));
	return sentiments === '' ? undefined : `sentiment: ${sentiments}`;
}

/** What a failed tool said. */
export function errorOf(result: ToolResult): string {
	return outputOf(result).error || result.content;
}
