import { html, type TemplateResult } from 'lit';
import './markdownView.ts';

/** Characters and lines of an answer that a preview shows at most. */
const longest = 500;
const mostLines = 8;

/** The beginning of a text, to the end of a line or word; the same text where it is short. */
export function beginningOf(text: string): string {
	const lines = text.split('\n');
	const start = (lines.length > mostLines ? lines.slice(0, mostLines).join('\n') : text).slice(0, longest + 1);
	if (start.length <= longest) {
		return start.trimEnd();
	}
	const line = start.lastIndexOf('\n');
	const end = line > longest / 2 ? line : start.lastIndexOf(' ');
	return start.slice(0, end > 0 ? end : longest).trimEnd();
}

/** The beginning of an answer, rendered, fading where there is more. */
export function answerPreview(text: string): TemplateResult {
	const beginning = beginningOf(text);
	const more = beginning.length < text.trimEnd().length;
	return html`<div class="preview ${more ? 'preview-more' : ''}">
		<pw-markdown .codeActions=${noActions} .text=${beginning} .final=${true}></pw-markdown>
	</div>`;
}

const noActions = [] as const;
