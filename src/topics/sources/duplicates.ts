import * as l10n from '@vscode/l10n';
import type { ImportReport } from '../../common/topicModel.ts';
import type { ImportedArticle, KnownArticle } from '../index/contract.ts';
import type { SourceArticle, TableRow } from './sourceContent.ts';

/** Most rows that a reason in the report lists. */
const listedRows = 3;
/** Most row texts that are searched for in one page, and most rows with the same text that are remembered per table. */
const maxComparisons = 50;

interface Page {
	file: string;
	publicationDate: string | null;
	contains(text: string): boolean;
}

/**
 * Drops the rows of a folder's tables that repeat other articles, as exports of wikis and tables contain them: rows of an
 * index whose pages are in the folder as well, and rows of a table that are also in another one (`Name_all.csv`). A row
 * whose text is not in its page stays.
 *
 * @param bodyOf returns the text of an article in the index
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
	const drop = (article: SourceArticle, row: TableRow, of: string | undefined, description: string) => {
		dropped.add(article);
		const key = JSON.stringify([row.table, of]);
		const group = repeated.get(key) ?? { table: row.table, of, rows: [] };
		repeated.set(key, group);
		group.rows.push(description);
	};
	// Of rows that repeat each other, the one with the most fields stays.
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
		if (own.length < maxComparisons) {
			own.push(article);
		}
	}
	for (const { table, of, rows: places } of repeated.values()) {
		const listed = `${places.slice(0, listedRows).join(', ')}${places.length > listedRows ? ', ..' : ''}`;
		skipped.push({ file: table, reason: repeatedReason(places.length, of, listed) });
	}
	return articles.filter((article) => !dropped.has(article));
}

function repeatedReason(count: number, of: string | undefined, listed: string): string {
	if (of === undefined) {
		return count === 1
			? l10n.t('1 row repeats an article that has its own file ({0})', listed)
			: l10n.t('{0} rows repeat articles that have their own files ({1})', count, listed);
	}
	return count === 1
		? l10n.t('1 row is also in {0} ({1})', of, listed)
		: l10n.t('{0} rows are also in {1} ({2})', count, of, listed);
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
		let left = maxComparisons;
		const page: Page = {
			file: place,
			publicationDate,
			contains: (text) => {
				body ??= comparable('unchanged' in read ? bodyOf(read.unchanged) : read.body);
				return left-- > 0 && body.includes(comparable(text));
			},
		};
		const key = comparable(title);
		pages.set(key, [...(pages.get(key) ?? []).slice(0, maxComparisons), page]);
	}
	return pages;
}

function isPageOf({ article, hasBody }: TableRow, page: Page): boolean {
	return sameOrAbsent(article.publicationDate, page.publicationDate) && (!hasBody || page.contains(article.body));
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
