import { MarkdownView } from '../../../src/webview/shared/markdownView.ts';
import { sanitise } from '../../../src/webview/shared/sanitise.ts';
import '../../../src/webview/shared/styles.ts';

/** Puts HTML on the page that no Markdown parser has seen. */
function addSanitised(html: string): HTMLElement {
	const place = document.createElement('div');
	place.append(sanitise(html));
	document.body.append(place);
	return place;
}

/** A page with nothing but Markdown views, driven by the test through `window.markdown`. */
function add(): MarkdownView {
	const view = new MarkdownView();
	view.codeActions = ['use', 'compare', 'copy'];
	document.body.append(view);
	return view;
}

export const markdownPage = { add, addSanitised };
Object.assign(window, { markdown: markdownPage });
