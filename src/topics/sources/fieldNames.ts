import type { FieldMapping } from '../../common/topicModel.ts';

export type ArticleField = keyof FieldMapping | 'futureSignal' | 'timeToImpact' | 'driverType';

/** Names that sources use for each field, best first, compared without case, spaces and punctuation. */
const knownNames: Record<ArticleField, readonly string[]> = {
	uri: [
		'uri',
		'url',
		'link',
		'permalink',
		'articleurl',
		'articlelink',
		'href',
		'canonicalurl',
		'canonical',
		'weburl',
	],
	title: ['title', 'headline', 'articletitle', 'heading', 'subject', 'name'],
	newsSource: [
		'newssource',
		'source',
		'sourcename',
		'publisher',
		'publication',
		'outlet',
		'site',
		'feed',
		'journal',
		'media',
	],
	publicationDate: [
		'publicationdate',
		'date',
		'published',
		'publishedat',
		'publisheddate',
		'pubdate',
		'datepublished',
		'publishdate',
		'publishedon',
		'publicationdatetime',
		'posted',
		'postedat',
		'createdat',
		'created',
		'timestamp',
		'time',
		'datetime',
	],
	summary: ['summary', 'abstract', 'excerpt', 'description', 'teaser', 'lead', 'snippet', 'subtitle'],
	body: [
		'body',
		'content',
		'text',
		'fulltext',
		'articletext',
		'articlebody',
		'article',
		'markdown',
		'bodytext',
		'rawmarkdown',
		'story',
	],
	category: ['category', 'categories', 'section', 'topic', 'theme', 'channel'],
	sentiment: ['sentiment', 'sentimentlabel', 'tone'],
	tags: ['tags', 'tag', 'keywords', 'labels'],
	futureSignal: ['futuresignal'],
	timeToImpact: ['timetoimpact'],
	driverType: ['drivertype'],
};

const fieldsInOrder = Object.keys(knownNames) as ArticleField[];

/** The column or key of each field, judging by its name only; `chosen` takes precedence over recognised names. */
export function recogniseFields(columns: readonly string[], chosen: FieldMapping | null): Map<ArticleField, string> {
	const byName = new Map<string, string>();
	for (const column of columns) {
		const name = column.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
		if (!byName.has(name)) {
			byName.set(name, column);
		}
	}
	const found = new Map<ArticleField, string>();
	for (const field of fieldsInOrder) {
		const own = chosen && field in chosen ? chosen[field as keyof FieldMapping] : undefined;
		const known = knownNames[field].find((name) => byName.has(name));
		const column = own ?? (known === undefined ? undefined : byName.get(known));
		if (column !== undefined) {
			found.set(field, column);
		}
	}
	return found;
}
