import { dateOfFileName } from '../dates/readDate.ts';
import type { ImportedArticle } from '../index/contract.ts';
import { recogniseFields } from './fieldNames.ts';
import { splitFrontMatter } from './frontMatter.ts';
import { asText, toArticle, unreadDate, type ArticleOrigin, type RawArticle } from './toArticle.ts';

/**
 * Reads one Markdown or MDX file with YAML (`---`) or TOML (`+++`) front matter as an article. `note`: what was not read of
 * its front matter.
 */
export function readMarkdown(
	text: string,
	fileName: string,
	origin: Omit<ArticleOrigin, 'fallbackTitle'>,
): { article: ImportedArticle; note?: string } | { reason: string } {
	const split = splitFrontMatter(text.replace(/\r\n?/gu, '\n'));
	const fields = recogniseFields(Object.keys(split.data), null);
	const raw: RawArticle = {};
	for (const [field, key] of fields) {
		raw[field] = split.data[key];
	}
	// Front matter describes the text below it: a key such as `content` never replaces it.
	raw.body = split.body.trim();
	const unread = unreadDate(raw.publicationDate);
	if (unread !== undefined || asText(raw.publicationDate) === undefined) {
		raw.publicationDate = dateOfFileName(fileName) ?? raw.publicationDate;
	}
	const article = toArticle(raw, { ...origin, fallbackTitle: firstHeading(split.body) ?? titleOfFileName(fileName) });
	if ('reason' in article) {
		return article;
	}
	const notes = [split.note, unread].filter((note) => note !== undefined);
	return { article, ...(notes.length > 0 && { note: notes.join('. ') }) };
}

/** The first heading outside fenced code, with `#` or underlined. Reads line by line, so that no text makes it slow. */
function firstHeading(body: string): string | undefined {
	let fenced = false;
	let before = '';
	for (const line of body.split('\n')) {
		if (/^ {0,3}(?:```|~~~)/u.test(line)) {
			fenced = !fenced;
		} else if (!fenced) {
			const marks = /^ {0,3}#{1,6}[ \t]+/u.exec(line)?.[0];
			const heading =
				marks === undefined
					? ''
					: line
							.slice(marks.length)
							.trim()
							.replace(/[ \t]#+$/u, '')
							.trim();
			if (heading !== '') {
				return heading;
			}
			if (/^ {0,3}(?:=+|-+)[ \t]*$/u.test(line) && before.trim() !== '') {
				return before.trim();
			}
		}
		before = fenced ? '' : line;
	}
	return undefined;
}

function titleOfFileName(name: string): string {
	const bare = name.replace(/\.[^.]+$/u, '').replace(/^\d{4}[-_.]?\d{2}[-_.]?\d{2}[-_.]?/u, '');
	const spaced = (bare || name).replace(/[-_]+/gu, ' ').trim();
	return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
