import type { MarkdownIt, RendererRule } from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';
import { createMarkdownParser } from '../../common/markdown.ts';
import { visibleText } from '../../common/visibleText.ts';

/** Only these become links; everything else (command:, data:, file:, vscode: …) stays text. The last three are for articles. */
const linkable = /^(https?:\/\/|mailto:|article:|urn:|doi:)/i;

export function createMarkdown(): MarkdownIt {
	const markdown = createMarkdownParser();
	// Plain CommonMark shows the asterisks of emphasis that ends next to Chinese, Japanese or Korean punctuation.
	markdown.use(cjkFriendly);
	markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
	markdown.validateLink = (url) => linkable.test(url.trim());

	const { escapeHtml } = markdown.utils;
	const rules = markdown.renderer.rules;
	// Readers see what a model would read, including characters that hide or reverse the text after them.
	rules['text'] = (tokens, index) => escapeHtml(visibleText(tokens[index]?.content ?? ''));
	rules['code_inline'] = (tokens, index) => `<code>${escapeHtml(visibleText(tokens[index]?.content ?? ''))}</code>`;
	// A code block's text never goes through HTML: the view takes it from the token with this index.
	rules['fence'] = rules['code_block'] = (_tokens, index) => `<pre data-code="${index}"></pre>`;
	// No image is ever loaded; its Markdown is shown instead.
	rules['image'] = (tokens, index) => {
		const token = tokens[index];
		return escapeHtml(visibleText(`![${token?.content ?? ''}](${String(token?.attrGet('src') ?? '')})`));
	};
	// Without `href` neither a click, a middle click nor a drag leaves the page; the view asks the host instead.
	rules['link_open'] = (tokens, index) => {
		const url = String(tokens[index]?.attrGet('href') ?? '');
		return `<a role="link" tabindex="0" data-url="${escapeHtml(url)}">`;
	};
	const cell: RendererRule = (tokens, index) => {
		const token = tokens[index];
		const side = /text-align:(left|center|right)/.exec(String(token?.attrGet('style') ?? ''))?.[1];
		return `<${token?.tag ?? 'td'}${side ? ` class="align-${side}"` : ''}>`;
	};
	rules['td_open'] = cell;
	rules['th_open'] = cell;
	return markdown;
}
