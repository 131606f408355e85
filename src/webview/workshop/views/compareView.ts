import { html, nothing, type TemplateResult } from 'lit';
import { until } from 'lit/directives/until.js';
import { turnText, turnThinking } from '../../../common/foldParts.ts';
import { wholeLength, type ShownTurn } from '../../../common/shownTurn.ts';
import type { ResultDetails } from '../../../common/workshopProtocol.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { WorkshopApp } from '../app.ts';
import { endMark } from '../../shared/endMark.ts';
import { fill } from '../../shared/format.ts';
import { modelText } from '../../shared/turnEnding.ts';
import { markedSides, type MarkedSide } from '../../shared/wordDiff.ts';
import { metricsView } from './metricsView.ts';
import { placedError } from './placedError.ts';

/** Characters of a text that are compared; a page with longer ones side by side would stand still. */
const comparedLimit = 100_000;

/** Two answers side by side with word marks: the older one left. */
export function compareView(app: WorkshopApp, testId: string): TemplateResult {
	const { state, strings } = app;
	const later = state.details.get(testId);
	const otherId = later?.previousId ?? undefined;
	const earlier = otherId === undefined ? undefined : state.details.get(otherId);
	const close = () => {
		app.setIntent({ comparing: false });
		app.focus('.compare-previous');
	};
	return html`<div class="compare">
		<div class="row">
			<h2 class="grow">${strings.differences}</h2>
			<vscode-button secondary class="compare-close" @click=${close}>${strings.compareClose}</vscode-button>
		</div>
		${placedError(app, `result:${testId}`)}${otherId === undefined ? nothing : placedError(app, `result:${otherId}`)}
		${
			earlier && later
				? earlier.turn && later.turn
					? sides(app, earlier, later)
					: html`<p class="note">${strings.compareNotStored}</p>`
				: html`<p class="muted">${strings.loading}</p>`
		}
	</div>`;
}

interface Side {
	label: string;
	text: string;
	/** Of the whole text, where that is longer. */
	length: number;
}

function sides(app: WorkshopApp, earlier: ResultDetails, later: ResultDetails): TemplateResult {
	const { strings } = app;
	const side = (label: string, turn: ShownTurn | null, kind: 'text' | 'thinking'): Side => {
		const text = turn ? (kind === 'text' ? turnText(turn) : turnThinking(turn)) : '';
		return { label, text: text.slice(0, comparedLimit), length: turn ? wholeLength(turn, kind) : 0 };
	};
	const both = (kind: 'text' | 'thinking'): [Side, Side] => [
		side(strings.earlier, earlier.turn, kind),
		side(strings.later, later.turn, kind),
	];
	const thinking = both('thinking');
	return html`<div class="compare-grid">
			${[earlier, later].map(
				({ result }, index) =>
					html`<div>
						<h3>
							${index === 0 ? app.strings.earlier : app.strings.later} ·
							${app.format.dateTime(result.timestamp)}
						</h3>
						<p class="muted">${visibleText(result.query)}</p>
						<p class="muted">
							${visibleText(`${result.topic} · ${modelText(result.model, result.answeredModel, strings)}`)}
						</p>
						${result.status === 'complete' ? nothing : html`<p>${endMark(result.status, strings)}</p>`}
						${metricsView(app, result)}
					</div>`,
			)}
		</div>
		${
			thinking.some(({ text }) => text !== '')
				? html`<details>
						<summary>${app.strings.thinking}</summary>
						${pair(app, thinking)}
					</details>`
				: nothing
		}
		${pair(app, both('text'))}`;
}

function pair(app: WorkshopApp, [earlier, later]: [Side, Side]): TemplateResult {
	const marked = markedSides(earlier.text, later.text).then(([left, right]) => {
		const unmarked = earlier.text !== later.text && [...left, ...right].every(({ mark }) => mark === 'same');
		return html`${unmarked ? html`<p class="note">${app.strings.compareUnmarked}</p>` : nothing}
			<div class="compare-grid">${sideView(app, earlier, left)}${sideView(app, later, right)}</div>`;
	});
	return html`${until(marked, html`<p class="muted">${app.strings.loading}</p>`)}`;
}

function sideView({ strings, format }: WorkshopApp, { label, text, length }: Side, pieces: MarkedSide): TemplateResult {
	const words = pieces.map(({ text, mark }) =>
		mark === 'added'
			? html`<ins>${visibleText(text)}</ins>`
			: mark === 'removed'
				? html`<del>${visibleText(text)}</del>`
				: visibleText(text),
	);
	// Space between the tags of the text would be shown.
	return html`<div>
		<p class="muted">${label}</p>
		<div class="compare-text">${words}</div>
		${
			length > text.length
				? html`<p class="note">${fill(strings.capped, format.number(text.length), format.number(length))}</p>`
				: nothing
		}
	</div>`;
}
