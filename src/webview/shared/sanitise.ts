import DOMPurify from 'dompurify';

const tags = [
	...['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'li', 'hr', 'br', 'pre', 'code', 'span'],
	...['em', 'strong', 's', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
];
const attributes = ['class', 'start', 'role', 'tabindex', 'data-url', 'data-code'];

/** The URLs that `data-url` may hold, and the values of other attributes, which have no scheme. */
const values = /^(?:(?:https?|mailto|article|urn|doi):|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i;

/**
 * The last gate between a model's text and the page. Nothing that loads, runs, styles or submits passes: no image,
 * media, frame, form, style, SVG or `href`, whatever the Markdown parser lets through.
 */
export function sanitise(html: string): DocumentFragment {
	return DOMPurify.sanitize(html, {
		ALLOWED_TAGS: tags,
		ALLOWED_ATTR: attributes,
		ALLOWED_URI_REGEXP: values,
		ALLOW_DATA_ATTR: false,
		ALLOW_ARIA_ATTR: false,
		RETURN_DOM_FRAGMENT: true,
	});
}
