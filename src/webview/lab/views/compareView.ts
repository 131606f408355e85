import { html, nothing, type TemplateResult } from 'lit';
import { turnText, turnThinking } from '../../../common/foldParts.ts';
import type { LabTake } from '../../../common/labState.ts';
import { recordedTurn } from '../../../common/recordedTurn.ts';
import { wholeLength, type ShownTurn } from '../../../common/shownTurn.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { fill } from '../../shared/format.ts';
import type { LabApp } from '../app.ts';
import { wordDiff } from '../wordDiff.ts';
import { asked, isMissing, recordedAt, stepQuestion, takeFacts, takesOf } from './columnView.ts';
import { stepFacts, turnElement, type TurnPlace } from './stepView.ts';
import { columnLabel } from './toolbar.ts';

/** Characters of thinking that are shown here; the page would stand still with longer ones side by side. */
const comparedLimit = 100_000;

/** The text with the words marked that differ from the recorded one; undefined where that would not help. */
function marked(before: string, after: string): TemplateResult | undefined {
	const pieces = wordDiff(before, after)?.map(({ text, kind }) =>
		kind === 'added'
			? html`<ins>${visibleText(text)}</ins>`
			: kind === 'removed'
				? html`<del>${visibleText(text)}</del>`
				: visibleText(text),
	);
	// Line breaks and blanks of a template would show here, so it has none.
	return pieces && html`<div class="marked">${pieces}</div>`;
}

function thinkingText(app: LabApp, turn: ShownTurn, recorded: ShownTurn | undefined): TemplateResult {
	const { strings, format } = app;
	const text = turnThinking(turn).slice(0, comparedLimit);
	const length = wholeLength(turn, 'thinking');
	const before = recorded && turnThinking(recorded);
	const plain =
		text === ''
			? html`<p class="muted">${strings.noThinking}</p>`
			: html`<div class="marked">${visibleText(text)}</div>
					${
						length > text.length
							? html`<p class="facts">
									${fill(strings.turn.capped, format.number(text.length), format.number(length))}
								</p>`
							: nothing
					}`;
	return app.intent.marks && before && text !== '' ? (marked(before, text) ?? unmarked(app, plain)) : plain;
}

/** A text that differs in most of its words. */
function unmarked({ strings }: LabApp, plain: TemplateResult): TemplateResult {
	return html`${plain}
		<p class="facts">${strings.tooDifferent}</p>`;
}

function answer(
	app: LabApp,
	turn: ShownTurn,
	recorded: ShownTurn | undefined,
	place: TurnPlace,
	since?: number,
): TemplateResult {
	if (app.intent.compareThinking) {
		return thinkingText(app, turn, recorded);
	}
	const whole = turnElement(app, turn, place, since);
	if (!app.intent.marks || !recorded || since !== undefined) {
		return whole;
	}
	return marked(turnText(recorded), turnText(turn)) ?? unmarked(app, whole);
}

function takeColumn(app: LabApp, take: LabTake, position: number, count: number): TemplateResult {
	const { strings, format } = app;
	return html`<article class="column">
		<h3>${fill(strings.newTake, format.number(position + 1), format.number(count))}</h3>
		<div class="column-body" tabindex="0">
			<p class="facts">${takeFacts(app, take)}</p>
			${take.steps.map((step, index) => {
				const question = stepQuestion(app, take, index);
				const original = step.replaces === undefined ? undefined : recordedAt(app, take.column, step.replaces);
				const recorded = original && recordedTurn(original);
				const since = step.status === 'streaming' ? app.since.get(`${take.id}/${index}`) : undefined;
				return html`${question ? asked(app, question) : nothing}
					${answer(app, step.turn, recorded, { of: take.id, index }, since)}
					<p class="facts">${strings.statuses[step.status]} · ${stepFacts(app, step)}</p>`;
			})}
		</div>
	</article>`;
}

/** One conversation: the recorded answer and every regeneration side by side. */
export function compareView(app: LabApp, column: string): TemplateResult {
	const { strings, intent, state } = app;
	const takes = takesOf(app, column);
	const turns = [...new Set(takes.flatMap(({ steps }) => steps.flatMap(({ replaces }) => replaces ?? [])))];
	const chosen = state.chosen[column];
	const shown = turns.length === 0 && chosen !== undefined ? [chosen] : turns.sort((a, b) => a - b);
	return html`<section class="compare">
		<div class="compare-bar">
			<button class="text-button" @click=${() => app.setIntent({ comparing: null })}>
				<span class="codicon codicon-arrow-left" aria-hidden="true"></span> ${strings.back}
			</button>
			<h2>${columnLabel(app, column)}</h2>
			<div class="tabs" role="tablist">
				${([false, true] as const).map(
					(thinking) =>
						html`<button
							role="tab"
							aria-selected=${intent.compareThinking === thinking}
							@click=${() => app.setIntent({ compareThinking: thinking })}
						>
							${thinking ? strings.showThinking : strings.showAnswers}
						</button>`,
				)}
			</div>
			<label title=${strings.diffAgainst}>
				<input
					type="checkbox"
					.checked=${intent.marks}
					@change=${() => app.setIntent({ marks: !intent.marks })}
				/>
				${strings.diff}
			</label>
		</div>
		<div class="columns" role="group" aria-label=${strings.compare} tabindex="0">
			<article class="column">
				<h3>${strings.recorded}</h3>
				<div class="column-body" tabindex="0">
					${shown.map((index) => {
						const message = recordedAt(app, column, index);
						return message
							? html`${answer(app, recordedTurn(message), undefined, { of: column, index })}
									<p class="facts">${fill(strings.turnNumber, index + 1)}</p>`
							: isMissing(app, column, index)
								? html`<p class="muted">${strings.missingAnswer}</p>`
								: nothing;
					})}
				</div>
			</article>
			${takes.map((take, position) => takeColumn(app, take, position, takes.length))}
		</div>
	</section>`;
}
