import type { ArticleSummary } from '../../common/topicModel.ts';
import { text, textOrNull, type Row } from './rows.ts';

export const summaryColumns = `a.id, a.uri, a.topic, a.title, a.news_source, a.publication_date, a.summary, a.category,
	a.sentiment, a.future_signal, a.time_to_impact, a.driver_type, a.tags, a.source_file`;

export const newestFirst = 'ORDER BY a.publication_date IS NULL, a.publication_date DESC, a.uri';

export function summaryOf(row: Row): ArticleSummary {
	return {
		uri: text(row.uri),
		topic: text(row.topic),
		title: text(row.title),
		newsSource: textOrNull(row.news_source),
		publicationDate: textOrNull(row.publication_date),
		summary: textOrNull(row.summary),
		category: textOrNull(row.category),
		sentiment: textOrNull(row.sentiment),
		futureSignal: textOrNull(row.future_signal),
		timeToImpact: textOrNull(row.time_to_impact),
		driverType: textOrNull(row.driver_type),
		tags: text(row.tags) === '' ? [] : text(row.tags).split('\n'),
		sourceFile: textOrNull(row.source_file),
	};
}
