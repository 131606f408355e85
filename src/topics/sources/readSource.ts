import * as l10n from '@vscode/l10n';
import { AppError, isAppError, throwIfAborted } from '../../common/errors.ts';
import { derivedUri } from '../articleUri.ts';
import type { KnownArticle } from '../index/contract.ts';
import type { TopicFiles } from '../files.ts';
import { decodeText } from './decodeText.ts';
import { withoutRepeatedRows } from './duplicates.ts';
import { extensionOf, fileKind } from './fileKind.ts';
import { findArticleFiles, reasonOf } from './findArticleFiles.ts';
import { readingVersion } from './readingVersion.ts';
import { readMarkdown } from './readMarkdown.ts';
import { readFolderTable, readSourceTable } from './readRows.ts';
import { readTable } from './readTable.ts';
import type { SourceContent, SourceContext } from './sourceContent.ts';
import type { Table } from './table.ts';

const megabyte = 1024 * 1024;
const maxMarkdown = 10 * megabyte;
const maxTable = 64 * megabyte;

/** Reads a Markdown, CSV, JSON or JSONL file, or a folder of them. Bad input is skipped with a reason. */
export async function readSource(path: string, context: SourceContext): Promise<SourceContent> {
	const found = await context.files.stat(path);
	if (found?.kind === 'folder') {
		return readFolder(path, context);
	}
	if (found?.kind === 'file') {
		return readFile(path, found.size, context);
	}
	throw new AppError(
		'not-found',
		l10n.t('There is no folder or file at {0}. Choose another source for the topic.', path),
	);
}

async function readFolder(root: string, context: SourceContext): Promise<SourceContent> {
	const { files, skipped } = await findArticleFiles(context.files, root, context.signal).catch((error: unknown) => {
		throw isAppError(error)
			? error
			: new AppError('not-found', l10n.t('The folder {0} cannot be read. {1}.', root, reasonOf(error)), {
					cause: error,
				});
	});
	const known = new Map(context.known.map((article) => [article.sourceFile, article]));
	const notes = new Map(context.notes.map(({ file, reason }) => [file, reason]));
	const content: SourceContent = { articles: [], skipped, mapping: null };
	for (const [index, file] of files.entries()) {
		throwIfAborted(context.signal);
		context.onProgress?.({ done: index, total: files.length, file });
		const read =
			fileKind(file) === 'markdown'
				? await readOne(root, file, known.get(file), context)
				: await readTableBelow(root, file, context);
		if ('reason' in read) {
			skipped.push({ file, reason: read.reason });
		} else if ('articles' in read) {
			// One by one, because a table may have too many rows for the arguments of a call.
			read.articles.forEach((article) => content.articles.push(article));
			read.skipped.forEach((row) => skipped.push(row));
		} else if ('unchanged' in read) {
			content.articles.push({ read, place: file, note: notes.get(file) });
		} else {
			content.articles.push({ read: read.article, place: file, note: read.note });
		}
	}
	content.articles = withoutRepeatedRows(content.articles, skipped, context.bodyOf);
	throwIfAborted(context.signal);
	if ((await context.files.stat(root)) === undefined) {
		throw new AppError(
			'not-found',
			l10n.t('The folder {0} disappeared during the import. The topic was not changed.', root),
		);
	}
	context.onProgress?.({ done: files.length, total: files.length, file: '' });
	return content;
}

async function readOne(root: string, file: string, known: KnownArticle | undefined, context: SourceContext) {
	const { files } = context;
	const path = files.join(root, file);
	try {
		const size = (await files.stat(path))?.size ?? 0;
		if (size > maxMarkdown) {
			return { reason: tooLarge(size, maxMarkdown) };
		}
		const bytes = await files.read(path);
		const sourceHash = `${readingVersion}:${files.hash(bytes)}`;
		if (known?.sourceHash === sourceHash) {
			return { unchanged: known };
		}
		const decoded = decodeText(bytes);
		if ('reason' in decoded) {
			return decoded;
		}
		const name = file.slice(file.lastIndexOf('/') + 1);
		return readMarkdown(decoded.text, name, {
			uri: () => derivedUri(context.uriBase, file),
			sourceFile: file,
			sourceHash,
		});
	} catch (error) {
		return { reason: reasonOf(error) };
	}
}

async function readTableBelow(root: string, file: string, context: SourceContext) {
	const path = context.files.join(root, file);
	let table: Table | { reason: string };
	try {
		table = await loadTable(path, (await context.files.stat(path))?.size ?? 0, context.files);
	} catch (error) {
		return { reason: reasonOf(error) };
	}
	return 'reason' in table ? table : readFolderTable(table, file, context);
}

/** Returns a reason if the file as a whole cannot be read. */
async function loadTable(path: string, size: number, files: TopicFiles): Promise<Table | { reason: string }> {
	if (size > maxTable) {
		return { reason: tooLarge(size, maxTable) };
	}
	const decoded = decodeText(await files.read(path));
	return 'reason' in decoded ? decoded : readTable(decoded.text, extensionOf(path));
}

async function readFile(path: string, size: number, context: SourceContext): Promise<SourceContent> {
	const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
	const name = path.slice(cut + 1);
	const kind = fileKind(name);
	if (kind === 'markdown') {
		const article = await readOne(path.slice(0, cut + 1), name, undefined, context);
		if ('reason' in article) {
			throw unreadable(name, article.reason);
		}
		const read = 'unchanged' in article ? article : article.article;
		const note = 'note' in article ? article.note : undefined;
		return { articles: [{ read, place: name, note }], skipped: [], mapping: null };
	}
	if (kind === undefined) {
		throw unreadable(name, l10n.t('It is none of Markdown, CSV, JSON and JSONL'));
	}
	const table = await loadTable(path, size, context.files);
	if ('reason' in table) {
		throw unreadable(name, table.reason);
	}
	return readSourceTable(table, name, context);
}

function tooLarge(size: number, limit: number): string {
	return l10n.t('It is {0} MB; at most {1} MB are read', Math.ceil(size / megabyte), limit / megabyte);
}

function unreadable(name: string, reason: string): AppError {
	return new AppError('validation', l10n.t('{0} cannot be imported. {1}.', name, reason));
}
