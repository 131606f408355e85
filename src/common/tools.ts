/** A JSON Schema (draft 2020-12 subset: object, string, integer, array, enum). */
export type JsonSchema = Record<string, unknown>;

/** A tool as it is described to a model. */
export interface ToolDefinition {
	name: string;
	description: string;
	inputSchema: JsonSchema;
}

export interface ToolOutput {
	/** What the model reads. */
	content: string;
	/** One line for people. */
	summary: string;
	/** Distinct articles in this output, if the tool returns articles. */
	articleCount?: number;
	isError?: boolean;
}

/** A tool that a model may call. `run` checks its own input and answers bad input with `isError`; it never throws for it. */
export interface Tool extends ToolDefinition {
	run(input: unknown, signal: AbortSignal): Promise<ToolOutput>;
}

/** Names of the tools that every topic except `General` offers; part of the public contract. */
export const topicToolNames = [
	'enhanced_database_search',
	'get_topic_articles',
	'get_article_categories',
	'search_articles_by_keywords',
	'search_articles_by_categories',
	'analyze_sentiment_trends',
] as const;
