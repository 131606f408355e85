import { html, type TemplateResult } from 'lit';
import './markdownView.ts';

/** How much of an answer a preview shows at most. */
const maxCharacters = 500;
const maxLines = 8;

/** The beginning of a text, up to the end of a line or word; all of the text if it is short. */
function beginningOf(text: string): string {
	const lines = text.split('\n');
	const start = (lines.length > maxLines ? lines.slice(0, maxLines).join('\n') : text).slice(0, maxCharacters + 1);
	if (start.length <= maxCharacters) {
		return start.trimEnd();
	}
	const line = start.lastIndexOf('\n');
	const end = line > maxCharacters / 2 ? line : start.lastIndexOf(' ');
	return start.slice(0, end > 0 ? end : maxCharacters).trimEnd();
}

/** The rendered beginning of an answer, which fades out if there is more. */
export function answerPreview(text: string): TemplateResult {
	const beginning = beginningOf(text);
	const more = beginning.length < text.trimEnd().length;
	return html`<div class="preview ${more ? 'preview-more' : ''}">
		<pw-markdown .codeActions=${noActions} .text=${beginning} .final=${true}></pw-markdown>
	</div>`;
}

const noActions = [] as const;
