import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../common/visibleText.ts';
import type { FigureText } from './figures.ts';

/** Figures in one line that wraps; differences stand out. */
export function figureList(figures: readonly FigureText[]): TemplateResult | typeof nothing {
	return figures.length === 0
		? nothing
		: html`<ul class="figures">
				${figures.map(
					({ text, difference }) =>
						html`<li>
							${visibleText(text)}${difference === '' ? nothing : html` <b class="difference">${difference}</b>`}
						</li>`,
				)}
			</ul>`;
}
