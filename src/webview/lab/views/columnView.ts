import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { ref } from 'lit/directives/ref.js';
import { conversationAt, isRunning, type LabTake, type ShownConversation } from '../../../common/labState.ts';
import { recordedTurn, type ShownMessage } from '../../../common/recordedTurn.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { LabApp } from '../app.ts';
import { windowSize } from '../listWindow.ts';
import { actionButton } from './actionButton.ts';
import { errorAt } from './appView.ts';
import { stepView, turnElement, type TurnPlace } from './stepView.ts';
import { iconButton, windowBar } from './windowBar.ts';
import { levelWord } from '../../shared/levelWord.ts';
import { replayWord } from '../labWords.ts';

/** What a message of the user says, as text; tool results it carries are shown as they were sent. */
export function saidText({ content }: ShownMessage): string {
	return typeof content === 'string'
		? content
		: content
				.map((part) =>
					part.type === 'tool-call' ? part.name : part.type === 'tool-result' ? part.content : part.text,
				)
				.join('\n\n');
}

function said(text: string): TemplateResult {
	return html`<div class="said">${visibleText(text)}</div>`;
}

/** A recorded message of the user: as it was written, or, where it is long, as a turn with a way to the rest. */
function recordedQuestion(app: LabApp, message: ShownMessage, place: TurnPlace): TemplateResult {
	return message.shown ? turnElement(app, message.shown, place, place.of) : said(saidText(message));
}

/** Whether a turn is the answer that was not recorded. */
export function isMissing(app: LabApp, column: string, index: number): boolean {
	return index >= (conversationAt(app.state, column)?.count ?? 0);
}

/** A recorded message; undefined while it is under way, and where none was recorded. */
export function recordedAt(app: LabApp, column: string, index: number): ShownMessage | undefined {
	return isMissing(app, column, index) ? undefined : app.messages.get(column, index);
}

function recordedMessage(app: LabApp, column: string, index: number): TemplateResult | typeof nothing {
	const { state } = app;
	const { count = 0 } = conversationAt(app.state, column) ?? {};
	const message = recordedAt(app, column, index);
	if (!message && !isMissing(app, column, index)) {
		return nothing;
	}
	const place = { of: column, index };
	const chosen = state.chosen[column];
	const dimmed = chosen !== undefined && index > chosen;
	if (message?.role === 'user') {
		return html`<div class="message ${dimmed ? 'dimmed' : ''}">
			<p class="role">${l10n.t('User')}</p>
			${recordedQuestion(app, message, place)}
		</div>`;
	}
	const isChosen = index === chosen;
	const canReplace = index > 0 && recordedAt(app, column, index - 1)?.role === 'user';
	return html`<div class="message ${dimmed ? 'dimmed' : ''} ${isChosen ? 'chosen' : ''}">
		<p class="role">
			${l10n.t('Assistant')} <span class="muted">(${l10n.t('recorded')})</span>
			${
				canReplace
					? html`<button
							class="choose"
							aria-pressed=${isChosen}
							title=${l10n.t('Replace this turn')}
							aria-label=${`${l10n.t('Replace this turn')}, ${l10n.t('turn {0}', index + 1)}`}
							@click=${() => void app.choose(column, index)}
						>
							<span
								class="codicon codicon-${isChosen ? 'target' : 'circle-large-outline'}"
								aria-hidden="true"
							></span>
						</button>`
					: nothing
			}
		</p>
		${
			message
				? turnElement(app, recordedTurn(message), place, column)
				: html`<p class="muted">${l10n.t('No answer was recorded here.')}</p>`
		}
		${isChosen && index < count - 1 ? html`<p class="replaces">${l10n.t('Regenerate replaces what follows')}</p>` : nothing}
	</div>`;
}

/** Goes to another part of a long conversation. */
function messagesBar(app: LabApp, column: string, count: number): TemplateResult {
	const go = (first: number) => {
		app.goTo(column, first);
		app.columns.toStart(column);
	};
	return windowBar(app, app.windowOf(column), {
		count,
		go,
		text: (from, to) => l10n.t('Messages {0} to {1} of {2}', from, to, app.format.number(count)),
	});
}

/** The takes of a conversation that are not cells of the matrix. */
export function takesOf(app: LabApp, column: string): LabTake[] {
	return app.state.takes.filter((take) => take.column === column && !take.matrix);
}

function takeBar(app: LabApp, column: string, takes: readonly LabTake[], position: number): TemplateResult {
	const { format } = app;
	const take = takes[position];
	const go = (to: number) => {
		const next = takes[to];
		if (next) {
			app.setIntent({ shown: { ...app.intent.shown, [column]: next.id } });
		}
	};
	return html`<div class="take-bar">
		${iconButton('chevron-left', l10n.t('Previous regeneration'), position <= 0, () => go(position - 1))}
		<span class="role">
			${l10n.t('Assistant')}
			(${l10n.t('new {0} of {1}', format.number(position + 1), format.number(takes.length))})
		</span>
		${iconButton('chevron-right', l10n.t('Next regeneration'), position >= takes.length - 1, () => go(position + 1))}
		<span class="spacer"></span>
		${iconButton('diff', l10n.t('Compare'), false, () => app.setIntent({ comparing: column }))}
		${iconButton('close', l10n.t('Dismiss'), false, () => {
			if (take) {
				void app.call(column, 'dismiss', { take: take.id });
			}
		})}
	</div>`;
}

/** One line that says how a take was made. */
export function takeFacts(app: LabApp, take: LabTake): string {
	const { format } = app;
	// Counted by conversation: the first prompt that it was run with is number 1.
	const prompts = [...new Set(takesOf(app, take.column).map(({ prompt }) => prompt))];
	const facts = [
		l10n.t('turn {0}', format.number(take.turn + 1)),
		visibleText(take.model),
		`${l10n.t('Thinking')} ${levelWord(take.thinking)}`,
		l10n.t('prompt {0}', format.number(prompts.indexOf(take.prompt) + 1)),
	];
	if (take.keepsTurn) {
		facts.push(l10n.t('continued'));
	} else if (take.replay !== 'turn') {
		facts.push(replayWord(take.replay));
	}
	return facts.join(' · ');
}

/** The user's text before a step: a follow-up, or the recorded message of a later turn. */
export function stepQuestion(app: LabApp, take: LabTake, index: number): TemplateResult | undefined {
	const { question, replaces } = take.steps[index] ?? {};
	if (question !== undefined) {
		return said(question);
	}
	if (index === 0 || replaces === undefined) {
		return undefined;
	}
	const place = { of: take.column, index: replaces - 1 };
	const before = recordedAt(app, place.of, place.index);
	return before?.role === 'user' ? recordedQuestion(app, before, place) : undefined;
}

/** What the user said before an answer. */
export function asked(question: TemplateResult): TemplateResult {
	return html`<p class="role">${l10n.t('User')}</p>
		${question}`;
}

function takeView(app: LabApp, take: LabTake): TemplateResult {
	return html`<p class="facts">${takeFacts(app, take)}</p>
		${take.steps.map((_step, index) => {
			const question = stepQuestion(app, take, index);
			return html`${question ? asked(question) : nothing}${stepView(app, take, index)}`;
		})}`;
}

async function regenerate(app: LabApp, column: string): Promise<void> {
	await app.settleEdits();
	await app.call(column, 'regenerate', { column });
}

async function followUp(app: LabApp, column: string, take: LabTake | undefined): Promise<void> {
	const key = `follow/${column}`;
	const question = app.intent.typed[key] ?? '';
	if (question.trim() === '') {
		return;
	}
	await app.settleEdits();
	const answer = take
		? await app.call(column, 'continueTake', { take: take.id, question })
		: await app.call(column, 'continueRecorded', { column, question });
	if (answer) {
		app.forgetTyped(key);
		app.columns.toEnd(column);
	}
}

function actions(app: LabApp, column: string, take: LabTake | undefined, canRegenerate: boolean): TemplateResult {
	const { intent } = app;
	const key = `follow/${column}`;
	const text = intent.typed[key] ?? '';
	const running = take !== undefined && isRunning(take);
	const send = () => void followUp(app, column, take);
	return html`<footer class="column-actions">
		${errorAt(app, `messages/${column}`)} ${errorAt(app, column)}
		<textarea
			rows="2"
			aria-label=${take ? l10n.t('Ask a follow-up') : l10n.t('Follow up the recorded answer')}
			placeholder=${take ? l10n.t('Ask a follow-up') : l10n.t('Follow up the recorded answer')}
			.value=${text}
			@input=${(event: Event) => app.type(key, (event.target as HTMLTextAreaElement).value)}
			@keydown=${(event: KeyboardEvent) => {
				if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
					event.preventDefault();
					send();
				}
			}}
		></textarea>
		<div class="column-buttons">
			${
				running
					? actionButton({
							icon: 'debug-stop',
							label: l10n.t('Stop'),
							click: () => void app.call(column, 'stop', { take: take.id }),
						})
					: actionButton({
							icon: 'refresh',
							label: l10n.t('Regenerate'),
							disabled: !canRegenerate,
							click: () => void regenerate(app, column),
						})
			}
			<button class="button secondary" ?disabled=${running || text.trim() === ''} @click=${send}>
				${l10n.t('Continue')}
			</button>
		</div>
	</footer>`;
}

/** The messages on the page, then the regeneration that is shown. */
function columnContent(app: LabApp, key: string, conversation: ShownConversation, takes: LabTake[]): TemplateResult {
	const { count, tools, unanswered } = conversation;
	const shown = shownPosition(app, key, takes);
	const take = takes[shown];
	const { from, to } = app.windowOf(key);
	const end = unanswered && to === count ? count + 1 : to;
	const indices = Array.from({ length: end - from }, (_, offset) => from + offset);
	return html`${tools ? html`<p class="facts column-note">${l10n.t('This conversation calls tools. The model gets those calls and their results as text; no tools are offered to it, so it cannot call any.')}</p>` : nothing}
	${indices.map((index) => recordedMessage(app, key, index))}
	${take ? html`${takeBar(app, key, takes, shown)}${takeView(app, take)}` : nothing}`;
}

function shownPosition(app: LabApp, key: string, takes: readonly LabTake[]): number {
	const chosen = takes.findIndex(({ id }) => id === app.intent.shown[key]);
	return chosen < 0 ? takes.length - 1 : chosen;
}

/** Until it comes near the screen, a column is an empty box of its size. */
function column(app: LabApp, key: string, conversation: ShownConversation, takes: LabTake[]): TemplateResult {
	const { count, label } = conversation;
	const seen = app.seen.has(key);
	const take = takes[shownPosition(app, key, takes)];
	return html`<article class="column" aria-label=${visibleText(label)}>
		<h3>${visibleText(label)}</h3>
		${seen && count > windowSize ? messagesBar(app, key, count) : nothing}
		<div class="column-body" data-column=${key} tabindex="0" ${ref(app.columns.ref(key))}>
			<div>${seen ? columnContent(app, key, conversation, takes) : nothing}</div>
		</div>
		${seen ? actions(app, key, take, app.state.chosen[key] !== undefined) : nothing}
	</article>`;
}

/** A conversation with its regenerations. Drawn again only when something of its own has changed. */
export function columnView(app: LabApp, key: string, conversation: ShownConversation): unknown {
	const takes = takesOf(app, key);
	const seen = app.seen.has(key);
	const errors = [app.errors.get(key), app.errors.get(`messages/${key}`)];
	const own = seen ? [app.state.chosen[key], app.intent, app.messages.version(key), ...errors, ...takes] : [];
	return guard([conversation, seen, ...own], () => column(app, key, conversation, takes));
}
