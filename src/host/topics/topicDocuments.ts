import type { TopicIndex } from '../../topics/contract.ts';
import type { ReadOnlyDocuments } from '../kit/readOnlyDocuments.ts';
import { articleMarkdown } from './articleMarkdown.ts';
import { skippedMarkdown } from './skippedMarkdown.ts';

/** Shows articles, and what the last import of a topic left out. */
export function addTopicDocuments(documents: ReadOnlyDocuments, topics: TopicIndex): void {
	documents.add({
		article: async (uri) => articleMarkdown(await topics.article(uri), uri),
		skipped: async (topic) => skippedMarkdown(topic, await topics.ask('lastImport', topic)),
	});
}
