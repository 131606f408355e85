import type { ImportReport } from '../../common/topicModel.ts';
import type { ImportedArticle, KnownArticle } from '../index/contract.ts';
import type { SourceArticle, TableRow } from './sourceContent.ts';

/** Rows that are named in a sentence of the report. */
const namedRows = 3;
/** Texts of rows that are looked for in one page, and rows of one text in one table that are remembered. */
const comparisons = 50;

interface Page {
	file: string;
	publicationDate: string | null;
	holds(text: string): boolean;
}

/**
 * The articles of a folder without rows that repeat others, as the exports of wikis and tables have them: the rows of an
 * index whose pages lie beside it, and the rows of a table that stand in another one too (`Name_all.csv`). A row with a text
 * that its page does not have stays.
 *
 * @param bodyOf the text of an article that the index has
 */
export function withoutRepeatedRows(
	articles: readonly SourceArticle[],
	skipped: ImportReport['skipped'],
	bodyOf: (known: KnownArticle) => string,
): SourceArticle[] {
	const pages = pagesByTitle(articles, bodyOf);
	const rows = articles.filter((article) => article.row !== undefined) as (SourceArticle & { row: TableRow })[];
	const kept = new Map<string, Map<string, ImportedArticle[]>>();
	const dropped = new Set<SourceArticle>();
	const repeated = new Map<string, { table: string; of: string | undefined; rows: string[] }>();
	const drop = (article: SourceArticle, row: TableRow, of: string | undefined, inWords: string) => {
		dropped.add(article);
		const key = JSON.stringify([row.table, of]);
		const group = repeated.get(key) ?? { table: row.table, of, rows: [] };
		repeated.set(key, group);
		group.rows.push(inWords);
	};
	// Of rows that repeat each other, the one that says most stays.
	for (const one of rows.toSorted((first, second) => filled(second.row.article) - filled(first.row.article))) {
		const { row } = one;
		const { article } = row;
		const page = pages.get(comparable(article.title))?.find((candidate) => isPageOf(row, candidate));
		if (page) {
			drop(one, row, undefined, `${row.place}: ${page.file}`);
			continue;
		}
		const key = JSON.stringify([comparable(article.title), comparable(article.body)]);
		const sameText = kept.get(key) ?? new Map<string, ImportedArticle[]>();
		kept.set(key, sameText);
		const [twin] =
			[...sameText].find(([table, others]) => table !== row.table && others.some((it) => agree(it, article))) ??
			[];
		if (twin !== undefined) {
			drop(one, row, twin, row.place);
			continue;
		}
		const own = sameText.get(row.table) ?? [];
		sameText.set(row.table, own);
		if (own.length < comparisons) {
			own.push(article);
		}
	}
	for (const { table, of, rows: places } of repeated.values()) {
		const named = `${places.slice(0, namedRows).join(', ')}${places.length > namedRows ? ', ..' : ''}`;
		const count = places.length === 1 ? '1 row' : `${places.length} rows`;
		const what = of === undefined ? `whose pages are articles already` : `that stand in ${of} too`;
		skipped.push({ file: table, reason: `It has ${count} ${what} (${named})` });
	}
	return articles.filter((article) => !dropped.has(article));
}

function pagesByTitle(
	articles: readonly SourceArticle[],
	bodyOf: (known: KnownArticle) => string,
): Map<string, Page[]> {
	const pages = new Map<string, Page[]>();
	for (const { read, place, row } of articles) {
		if (row) {
			continue;
		}
		const { title, publicationDate } = 'unchanged' in read ? read.unchanged : read;
		let body: string | undefined;
		let left = comparisons;
		const page: Page = {
			file: place,
			publicationDate,
			holds: (text) => {
				body ??= comparable('unchanged' in read ? bodyOf(read.unchanged) : read.body);
				return left-- > 0 && body.includes(comparable(text));
			},
		};
		const key = comparable(title);
		pages.set(key, [...(pages.get(key) ?? []).slice(0, comparisons), page]);
	}
	return pages;
}

function isPageOf({ article, hasBody }: TableRow, page: Page): boolean {
	return sameOrAbsent(article.publicationDate, page.publicationDate) && (!hasBody || page.holds(article.body));
}

const facts = [
	'publicationDate',
	'newsSource',
	'category',
	'sentiment',
	'futureSignal',
	'timeToImpact',
	'driverType',
] as const;

function agree(one: ImportedArticle, other: ImportedArticle): boolean {
	return facts.every((fact) => sameOrAbsent(one[fact], other[fact]));
}

function filled(article: ImportedArticle): number {
	return facts.filter((fact) => article[fact] !== null).length;
}

function sameOrAbsent(one: string | null, other: string | null): boolean {
	return one === null || other === null || one === other;
}

function comparable(text: string): string {
	return text.replace(/\s+/gu, ' ').trim().toLowerCase();
}
