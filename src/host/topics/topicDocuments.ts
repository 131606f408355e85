import type { TopicIndex } from '../../topics/contract.ts';
import type { ReadOnlyDocuments } from '../kit/readOnlyDocuments.ts';
import { articleMarkdown } from './articleMarkdown.ts';
import { skippedMarkdown } from './skippedMarkdown.ts';

/** Shows articles, and what the last import of a topic skipped. */
export function addTopicDocuments(documents: Pick<ReadOnlyDocuments, 'add'>, topics: TopicIndex): void {
	documents.add({
		article: async (uri) => {
			const article = await topics.article(uri);
			return { text: articleMarkdown(article, uri), origin: { topics: article ? [article.topic] : [] } };
		},
		skipped: async (topic) => ({
			text: skippedMarkdown(topic, await topics.ask('lastImport', topic)),
			origin: { topics: [topic] },
		}),
	});
}
