import * as l10n from '@vscode/l10n';
import { AppError, isAppError } from '../common/errors.ts';
import type { ImportReport } from '../common/topicModel.ts';
import type { ImportOptions } from './contract.ts';
import type { ImportedArticle, TopicDatabase, TopicSource } from './index/contract.ts';
import type { TopicFiles } from './files.ts';
import { readSource } from './sources/readSource.ts';
import type { ReadArticle, SourceContent } from './sources/sourceContent.ts';

/** Resolves the links in a location. Throws if the location may not be read now or does not exist. */
export type RealPath = (place: string) => Promise<string> | string;

/**
 * Reads a topic's source, skipping files that have not changed since the last import. Changes nothing. The recorded location
 * is resolved and checked on every read: its links may have changed, and trust may have been revoked.
 */
export async function readContent(
	engine: TopicDatabase,
	options: { files: TopicFiles; realPath: RealPath },
	topic: TopicSource,
	hooks: ImportOptions,
): Promise<SourceContent> {
	const { name, uriBase, mapping } = topic;
	return readSource(await resolvedSource(options, topic.source ?? ''), {
		...hooks,
		files: options.files,
		uriBase,
		mapping,
		known: engine.known(name),
		notes: engine.ask('lastImport', name).notes,
		bodyOf: ({ uri }) => engine.ask('article', uri)?.body ?? '',
	});
}

/** The location with its links resolved. Throws `not-found` if it does not exist. */
export async function resolvedSource(
	{ files, realPath }: { files: TopicFiles; realPath: RealPath },
	place: string,
): Promise<string> {
	try {
		return await files.resolve(await realPath(place));
	} catch (cause) {
		if (isAppError(cause)) {
			throw cause;
		}
		throw new AppError(
			'not-found',
			l10n.t('There is no folder or file at {0}. Choose another source for the topic.', place),
			{ cause },
		);
	}
}

/**
 * Makes the topic match its source, in one transaction.
 *
 * @throws AppError `validation` when the source has no articles; then nothing is changed
 */
export function applyContent(
	engine: TopicDatabase,
	topic: TopicSource,
	source: string,
	content: SourceContent,
): ImportReport {
	const known = new Set(engine.known(topic.name).map(({ uri }) => uri));
	const owners = engine.owners(content.articles.map(({ read }) => uriOf(read)));
	const report: ImportReport = {
		articles: 0,
		added: 0,
		updated: 0,
		removed: 0,
		skipped: [...content.skipped],
		notes: [],
	};
	const seen = new Map<string, string>();
	const changed: ImportedArticle[] = [];
	for (const { read, place, note } of content.articles) {
		const uri = uriOf(read);
		const owner = owners.get(uri) ?? topic.name;
		const first = seen.get(uri);
		if (first !== undefined) {
			report.skipped.push({
				file: place,
				reason: l10n.t('Its link {0} is also the link of another article ({1})', uri, first),
			});
		} else if (owner !== topic.name) {
			report.skipped.push({
				file: place,
				reason: l10n.t('Its link {0} belongs to an article of the topic "{1}"', uri, owner),
			});
		} else {
			seen.set(uri, place);
			if (note !== undefined) {
				report.notes.push({ file: place, reason: note });
			}
			if (!('unchanged' in read)) {
				changed.push(read);
				report[known.has(uri) ? 'updated' : 'added']++;
			}
		}
	}
	if (seen.size === 0) {
		throw noArticles(source, report.skipped);
	}
	const removedUris = [...known].filter((uri) => !seen.has(uri));
	report.removed = removedUris.length;
	report.articles = seen.size;
	const updated = { ...topic, source, mapping: content.mapping };
	const { skipped, notes } = report;
	const recorded = engine.sources().find(({ name }) => name === topic.name);
	const isRecorded =
		JSON.stringify(recorded) === JSON.stringify(updated) &&
		JSON.stringify(engine.ask('lastImport', topic.name)) === JSON.stringify({ skipped, notes });
	if (changed.length > 0 || removedUris.length > 0 || !isRecorded) {
		engine.apply(updated, { changed, removedUris, skipped, notes });
	}
	return report;
}

function uriOf(article: ReadArticle): string {
	return 'unchanged' in article ? article.unchanged.uri : article.uri;
}

function noArticles(source: string, skipped: ImportReport['skipped']): AppError {
	const [first] = skipped;
	const why = first
		? ` ${l10n.t('{0} skipped, the first is {1}: {2}.', skipped.length, first.file, first.reason)}`
		: '';
	return new AppError(
		'validation',
		l10n.t(
			'No articles were found in {0}, so the topic was not changed.{1} Add articles there, or import another Markdown, CSV, JSON or JSONL file, or a folder of them.',
			source,
			why,
		),
	);
}
