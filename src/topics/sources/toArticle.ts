import * as l10n from '@vscode/l10n';
import { isArticleLink, uriKey } from '../articleUri.ts';
import type { ImportedArticle } from '../index/contract.ts';
import type { ArticleField } from './fieldNames.ts';
import { readDate } from '../dates/readDate.ts';

const maxTitle = 300;

/** The raw values of one article, by field, as they are in the source. */
export type RawArticle = Partial<Record<ArticleField, unknown>>;

export interface ArticleOrigin {
	/** The URI if the source has no usable link. */
	uri: (identity: { title: string; publicationDate: string | null }) => string;
	/** The title if the source has none. */
	fallbackTitle?: string;
	sourceFile: string;
	sourceHash: string;
}

/** Makes an article from raw values; returns a reason if it has neither text nor title. */
export function toArticle(raw: RawArticle, origin: ArticleOrigin): ImportedArticle | { reason: string } {
	const summary = asText(raw.summary);
	const body = asText(raw.body) ?? summary ?? '';
	const title = asText(raw.title) ?? origin.fallbackTitle ?? openingOf(body);
	if (title === undefined || (body === '' && asText(raw.title) === undefined)) {
		return { reason: l10n.t('It has no text') };
	}
	const identity = {
		title: title.replace(/\s+/gu, ' ').slice(0, maxTitle).normalize('NFC'),
		publicationDate: dateOf(raw.publicationDate),
	};
	const link = asText(raw.uri);
	const uri = link !== undefined && isArticleLink(link) ? link : origin.uri(identity);
	return {
		...identity,
		uri,
		uriKey: uriKey(uri),
		newsSource: asText(raw.newsSource) ?? null,
		summary: summary ?? null,
		body: body.normalize('NFC'),
		category: asText(raw.category) ?? null,
		sentiment: asText(raw.sentiment) ?? null,
		futureSignal: asText(raw.futureSignal) ?? null,
		timeToImpact: asText(raw.timeToImpact) ?? null,
		driverType: asText(raw.driverType) ?? null,
		tags: asTags(raw.tags),
		sourceFile: origin.sourceFile,
		sourceHash: origin.sourceHash,
	};
}

/** A note for the report if a source has a date that cannot be read; the article is imported without it. */
export function unreadDate(value: unknown): string | undefined {
	const text = value instanceof Date ? String(value) : asText(value);
	return text === undefined || dateOf(value) !== null
		? undefined
		: l10n.t('Its date "{0}" was not read. Write it as YYYY-MM-DD', text.slice(0, 60));
}

function dateOf(value: unknown): string | null {
	return readDate(Array.isArray(value) ? value[0] : value);
}

/**
 * Trimmed text; the first item of a list; the name of an object (news APIs have `source: {id, name}`). At most two levels
 * deep, because foreign JSON may be nested deeply enough to overflow the stack.
 */
export function asText(value: unknown, depth = 2): string | undefined {
	if (typeof value === 'string') {
		// SQLite's texts end at a NUL.
		const text = value.replaceAll('\0', '').trim();
		return text === '' ? undefined : text;
	}
	if (typeof value === 'number' || typeof value === 'boolean') {
		return String(value);
	}
	if (depth === 0) {
		return undefined;
	}
	if (Array.isArray(value)) {
		return asText(value[0], depth - 1);
	}
	return typeof value === 'object' && value !== null && Object.hasOwn(value, 'name')
		? asText((value as { name: unknown }).name, depth - 1)
		: undefined;
}

function asTags(value: unknown): string[] {
	const listed = Array.isArray(value)
		? value.slice(0, 200).map((tag) => asText(tag))
		: (asText(value)?.split(/[,;|]/u) ?? []);
	const trimmed = listed.map((tag) => tag?.replace(/\s+/gu, ' ').trim() ?? '').filter((tag) => tag !== '');
	return [...new Set(trimmed)].slice(0, 50);
}

function openingOf(body: string): string | undefined {
	const line = body
		.trimStart()
		.split('\n', 1)[0]
		?.replace(/^#+\s*/u, '')
		.trim();
	return line ? (line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line) : undefined;
}
