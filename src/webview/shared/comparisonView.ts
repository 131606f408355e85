import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { visibleText } from '../../common/visibleText.ts';
import type { ComparedText } from './comparedTexts.ts';
import './comparedTexts.ts';
import type { CodeActionEvent } from './codeBlock.ts';
import type { CompareShow } from '../../common/compareShow.ts';
import { figureList } from './figureList.ts';
import type { FigureText } from './figures.ts';
import type { LinkEvent } from './markdownView.ts';

export interface ComparisonSide {
	label: string;
	/** When the answer was made, by which model and so on. */
	about?: TemplateResult | string | typeof nothing;
	figures: readonly FigureText[];
}

/** One question, and how each side answered it. */
export interface ComparisonRow {
	key: string;
	question?: string;
	texts: readonly ComparedText[];
}

/** Answers side by side; the others are compared with the first. Fills the space that it is given. */
export function comparisonView(options: {
	title: string;
	back: { label: string; run: () => void };
	sides: readonly ComparisonSide[];
	rows: readonly ComparisonRow[];
	/** Shown instead of the answers, or above them. */
	notice?: TemplateResult | typeof nothing;
	openLink: (url: string) => void;
	copy: (text: string) => void;
	show: CompareShow;
	change: (show: CompareShow) => void;
}): TemplateResult {
	const { title, back, sides, rows, notice, openLink, copy, show, change } = options;
	const choice = (label: string, key: 'thinking' | 'rendered', choices: readonly [boolean, string][]) =>
		html`<div class="segments" role="group" aria-label=${label}>
			${choices.map(
				([value, text]) =>
					html`<button
						class="segment"
						aria-pressed=${show[key] === value}
						@click=${() => change({ ...show, [key]: value })}
					>
						${text}
					</button>`,
			)}
		</div>`;
	const onKey = (event: KeyboardEvent) => {
		if (event.key === 'Escape') {
			back.run();
		}
	};
	return html`<section class="compare" @keydown=${onKey}>
		<div class="compare-bar">
			<button class="text-button compare-close" @click=${back.run}>
				<span class="codicon codicon-arrow-left" aria-hidden="true"></span> ${back.label}
			</button>
			<h2>${visibleText(title)}</h2>
			${choice(l10n.t('What to compare'), 'thinking', [
				[false, l10n.t('Answers')],
				[true, l10n.t('Thinking')],
			])}
			${choice(l10n.t('How to show it'), 'rendered', [
				[true, l10n.t('Rendered')],
				[false, l10n.t('Source')],
			])}
			<label
				title=${l10n.t('Words that appear only on the left are struck through. Words that are missing on the left are underlined.')}
			>
				<input
					type="checkbox"
					.checked=${show.marks}
					@change=${() => change({ ...show, marks: !show.marks })}
				/>
				${l10n.t('Mark differences')}
			</label>
		</div>
		${notice ?? nothing}
		<div class="compare-scroller" role="region" aria-label=${visibleText(title)} tabindex="0">
			<div
				class="compare-grid"
				.style=${`--sides: ${sides.length}`}
				@link-open=${({ detail }: LinkEvent) => openLink(detail.url)}
				@code-action=${({ detail }: CodeActionEvent) => copy(detail.text)}
			>
				${sides.map(
					({ label, about, figures }) =>
						html`<div class="compare-head">
							<h3>${visibleText(label)}</h3>
							${about === undefined || about === nothing ? nothing : html`<p class="muted">${about}</p>`}
							${figureList(figures)}
						</div>`,
				)}
				${repeat(
					rows,
					({ key }) => key,
					({ question, texts }) =>
						html`${question === undefined ? nothing : html`<p class="compare-question">${visibleText(question)}</p>`}
							<pw-compared
								.texts=${texts}
								.rendered=${show.rendered}
								.marks=${show.marks}
							></pw-compared>`,
				)}
			</div>
		</div>
	</section>`;
}
