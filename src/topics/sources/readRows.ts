import { setImmediate } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import { AppError, throwIfAborted } from '../../common/errors.ts';
import { derivedUri } from '../articleUri.ts';
import type { FieldMapping } from '../../common/topicModel.ts';
import { recogniseFields, type ArticleField } from './fieldNames.ts';
import { readingVersion } from './readingVersion.ts';
import type { SourceContent, SourceContext } from './sourceContent.ts';
import type { Table } from './table.ts';
import { asText, toArticle, unreadDate, type RawArticle } from './toArticle.ts';

const rowsPerTurn = 500;

/** Reads a table that is the whole source. Asks for a mapping if no column is recognised as the text. */
export async function readSourceTable(table: Table, file: string, context: SourceContext): Promise<SourceContent> {
	const mapping = await chooseMapping(table, file, context);
	const rows = await readRows(table, recogniseFields(table.columns, mapping), { file, uriPath: '' }, context);
	return { ...rows, mapping };
}

/**
 * Reads a table among the files of a folder. Does not ask about its columns, because a folder may also contain tables and
 * settings that are not articles. Returns a reason if no columns are recognised as title and text.
 */
export async function readFolderTable(
	table: Table,
	file: string,
	context: SourceContext,
): Promise<SourceRows | { reason: string }> {
	const fields = recogniseFields(table.columns, null);
	if (table.rows.length === 0 || !fields.has('title') || textColumn(fields) === undefined) {
		return {
			reason: l10n.t(
				'No columns or keys are recognised as title and text. If it contains articles, import it by itself',
			),
		};
	}
	// Progress is reported for the folder.
	return readRows(table, fields, { file, uriPath: `${file}/` }, { ...context, onProgress: () => undefined });
}

type SourceRows = Pick<SourceContent, 'articles' | 'skipped'>;

async function readRows(
	table: Table,
	fields: Map<ArticleField, string>,
	{ file, uriPath }: { file: string; uriPath: string },
	context: SourceContext,
): Promise<SourceRows> {
	const known = new Map(context.known.map((article) => [article.uri, article]));
	const derived = new Map<string, number>();
	const content: SourceRows = { articles: [], skipped: [] };
	for (const [index, row] of table.rows.entries()) {
		if (index % rowsPerTurn === 0) {
			// Lets a cancellation through.
			await setImmediate();
			throwIfAborted(context.signal);
			context.onProgress?.({ done: index, total: table.rows.length, file });
		}
		const place = `${file}, ${row.place}`;
		const raw = row.values && rawOf(row.values, fields);
		const article = raw
			? toArticle(raw, {
					uri: ({ title, publicationDate }) => {
						const identity = context.files.hash(`${title}\n${publicationDate ?? ''}`).slice(0, 12);
						const before = derived.get(identity) ?? 0;
						derived.set(identity, before + 1);
						const name = before === 0 ? identity : `${identity}-${before + 1}`;
						return derivedUri(context.uriBase, `${uriPath}${name}`);
					},
					sourceFile: file,
					sourceHash: `${readingVersion}:${context.files.hash(JSON.stringify(raw))}`,
				})
			: { reason: row.reason ?? '' };
		if ('reason' in article) {
			content.skipped.push({ file: place, reason: article.reason });
		} else {
			const before = known.get(article.uri);
			const notes = [row.note, unreadDate(raw?.publicationDate)].filter((note) => note !== undefined);
			const isKnown = before?.sourceHash === article.sourceHash && before.sourceFile === file;
			content.articles.push({
				read: isKnown ? { unchanged: before } : article,
				place,
				row: { table: file, place: row.place, article, hasBody: raw?.body !== undefined },
				...(notes.length > 0 && { note: notes.join('. ') }),
			});
		}
	}
	context.onProgress?.({ done: table.rows.length, total: table.rows.length, file });
	return content;
}

function textColumn(fields: Map<ArticleField, string>): string | undefined {
	return fields.get('body') ?? fields.get('summary');
}

function rawOf(values: Record<string, unknown>, fields: Map<ArticleField, string>): RawArticle {
	const raw: RawArticle = {};
	for (const [field, column] of fields) {
		const value = Object.hasOwn(values, column) ? flat(values[column]) : undefined;
		if (value !== undefined) {
			raw[field] = value;
		}
	}
	return raw;
}

/** A value as plain text or as a list of texts, however deeply it is nested. */
function flat(value: unknown): string | number | string[] | undefined {
	if (typeof value === 'number') {
		return value;
	}
	return Array.isArray(value) ? value.slice(0, 200).flatMap((item) => asText(item) ?? []) : asText(value);
}

async function chooseMapping(table: Table, file: string, context: SourceContext): Promise<FieldMapping | null> {
	const fits = (mapping: FieldMapping | null) => {
		const column = textColumn(recogniseFields(table.columns, mapping));
		return column !== undefined && table.columns.includes(column);
	};
	if (fits(context.mapping)) {
		return context.mapping;
	}
	if (table.rows.length === 0) {
		throw new AppError('validation', l10n.t('{0} cannot be imported. It holds no articles.', file));
	}
	const values = table.rows.find((row) => row.values)?.values ?? {};
	const sample = Object.fromEntries(
		table.columns.map((column) => [
			column,
			(Object.hasOwn(values, column) && asText(values[column])?.slice(0, 200)) || '',
		]),
	);
	const columns = table.columns.slice(0, 100).join(', ');
	if (!context.chooseMapping) {
		throw new AppError(
			'validation',
			l10n.t(
				'No column of {0} is recognised as the text of an article. Rename one of its columns to body, content or text. It has: {1}.',
				file,
				columns,
			),
		);
	}
	const chosen = await context.chooseMapping(table.columns, sample);
	if (chosen === undefined) {
		throw new AppError('cancelled', 'Cancelled');
	}
	if (!fits(chosen)) {
		throw new AppError(
			'validation',
			l10n.t('{0} does not have the column that was chosen for the text. It has: {1}.', file, columns),
		);
	}
	return chosen;
}
