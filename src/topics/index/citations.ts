import MarkdownIt from 'markdown-it';
import type { Citation } from '../../common/model.ts';
import { uriKey } from '../articleUri.ts';

const parser = new MarkdownIt({ linkify: true });
// Nothing is rendered here: every link counts, whatever its scheme.
parser.validateLink = () => true;
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

/** Characters that are expensive to parse in Markdown; no readable answer has more than `maxMarks` of them. */
const mark = /[![*_~`<&:\\\n]/g;
const maxMarks = 100_000;
const address = /https?:\/\/[^\s<>()[\]"'`]+/g;

/**
 * The distinct links of a Markdown text in order, as CommonMark reads them (not in code). A text with extremely many marks
 * is only searched for addresses, because parsing it would block everything else.
 */
export function linksOf(markdown: string): { url: string; label: string }[] {
	if (hasMoreMarks(markdown, maxMarks)) {
		return [...new Set(markdown.match(address))].map((url) => ({ url, label: '' }));
	}
	const links = new Map<string, string>();
	for (const block of parser.parse(markdown, {})) {
		let open: { url: string; label: string } | undefined;
		for (const token of block.children ?? []) {
			if (token.type === 'link_open') {
				open = { url: String(token.attrGet('href') ?? ''), label: '' };
			} else if (token.type === 'link_close' && open) {
				if (open.url !== '' && !open.url.startsWith('#') && !links.has(open.url)) {
					links.set(open.url, open.label.trim());
				}
				open = undefined;
			} else if (open) {
				open.label += token.content;
			}
		}
	}
	return [...links].map(([url, label]) => ({ url, label }));
}

function hasMoreMarks(markdown: string, limit: number): boolean {
	let count = 0;
	for (const _ of markdown.matchAll(mark)) {
		if (++count > limit) {
			return true;
		}
	}
	return false;
}

/**
 * Matches the links of an answer with articles.
 *
 * @param returned URIs of the articles that tools returned
 * @param inTopic returns which of these comparable links (see `uriKey`) are articles of the topic
 */
export function checkCitations(
	markdown: string,
	returned: readonly string[],
	inTopic: (keys: readonly string[]) => string[],
): Citation[] {
	const links = linksOf(markdown).map((link) => ({ ...link, key: uriKey(link.url) }));
	const returnedKeys = new Set(returned.map(uriKey));
	const known = new Set(inTopic(links.map(({ key }) => key)));
	return links.map(({ url, label, key }) => ({
		url,
		label,
		support: returnedKeys.has(key) ? 'supported' : known.has(key) ? 'not-returned' : 'unknown',
	}));
}
