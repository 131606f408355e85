import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { ref } from 'lit/directives/ref.js';
import {
	conversationAt,
	isRunning,
	type LabTake,
	type LabToolChoice,
	type ShownConversation,
} from '../../../common/labState.ts';
import { recordedTurn, type ShownMessage } from '../../../common/recordedTurn.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { LabShown } from '../shown.ts';
import { actionButton } from './actionButton.ts';
import { errorAt } from './errorAt.ts';
import { iconButton } from './iconButton.ts';
import { longList } from './longList.ts';
import { stepView, turnElement, type TurnPlace } from './stepView.ts';
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
function recordedQuestion(page: LabShown, message: ShownMessage, place: TurnPlace): TemplateResult {
	return message.shown ? turnElement(page, message.shown, place, place.of) : said(saidText(message));
}

/** Whether a turn is the answer that was not recorded. */
export function isMissing(page: LabShown, column: string, index: number): boolean {
	return index >= (conversationAt(page.state, column)?.count ?? 0);
}

/** A recorded message; undefined while it is under way, and where none was recorded. */
export function recordedAt(page: LabShown, column: string, index: number): ShownMessage | undefined {
	return isMissing(page, column, index) ? undefined : page.messages.get(column, index);
}

function recordedMessage(page: LabShown, column: string, index: number): TemplateResult | typeof nothing {
	const { state } = page;
	const { count = 0 } = conversationAt(page.state, column) ?? {};
	const message = recordedAt(page, column, index);
	if (!message && !isMissing(page, column, index)) {
		return nothing;
	}
	const place = { of: column, index };
	const chosen = state.chosen[column];
	const dimmed = chosen !== undefined && index > chosen;
	if (message?.role === 'user') {
		return html`<div class="message ${dimmed ? 'dimmed' : ''}" data-id=${index}>
			<p class="role">${l10n.t('User')}</p>
			${recordedQuestion(page, message, place)}
		</div>`;
	}
	const isChosen = index === chosen;
	const canReplace = index > 0 && recordedAt(page, column, index - 1)?.role === 'user';
	return html`<div class="message ${dimmed ? 'dimmed' : ''} ${isChosen ? 'chosen' : ''}" data-id=${index}>
		<p class="role">
			${l10n.t('Assistant')} <span class="muted">(${l10n.t('recorded')})</span>
			${
				canReplace
					? html`<button
							class="choose"
							aria-pressed=${isChosen}
							title=${l10n.t('Replace this turn')}
							aria-label=${`${l10n.t('Replace this turn')}, ${l10n.t('turn {0}', index + 1)}`}
							@click=${() => void page.call(column, 'choose', { column, turn: index })}
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
				? turnElement(page, recordedTurn(message), place, column)
				: html`<p class="muted">${l10n.t('No answer was recorded here.')}</p>`
		}
		${isChosen && index < count - 1 ? html`<p class="replaces">${l10n.t('Regenerate replaces what follows')}</p>` : nothing}
	</div>`;
}

/** The takes of a conversation that are not cells of the matrix. */
export function takesOf(page: LabShown, column: string): LabTake[] {
	return page.state.takes.filter((take) => take.column === column && !take.matrix);
}

function takeBar(page: LabShown, column: string, takes: readonly LabTake[], position: number): TemplateResult {
	const { format } = page;
	const take = takes[position];
	const go = (to: number) => {
		const next = takes[to];
		if (next) {
			page.setIntent({ shown: { ...page.intent.shown, [column]: next.id } });
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
		${iconButton('diff', l10n.t('Compare'), false, () => page.setIntent({ comparing: column }))}
		${iconButton('close', l10n.t('Dismiss'), false, () => {
			if (take) {
				void page.call(column, 'dismiss', { take: take.id });
			}
		})}
	</div>`;
}

/** One line that says how a take was made. */
export function takeFacts(page: LabShown, take: LabTake): string {
	const { format } = page;
	// Counted by conversation: the first prompt that it was run with is number 1.
	const prompts = [...new Set(takesOf(page, take.column).map(({ prompt }) => prompt))];
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
	if (take.tools === 'recorded' && conversationAt(page.state, take.column)?.tools) {
		facts.push(l10n.t('tools as recorded'));
	}
	return facts.join(' · ');
}

/** The user's text before a step: a follow-up, or the recorded message of a later turn. */
function stepQuestion(page: LabShown, take: LabTake, index: number): TemplateResult | undefined {
	const { question, replaces } = take.steps[index] ?? {};
	if (question !== undefined) {
		return said(question);
	}
	if (index === 0 || replaces === undefined) {
		return undefined;
	}
	const place = { of: take.column, index: replaces - 1 };
	const before = recordedAt(page, place.of, place.index);
	return before?.role === 'user' ? recordedQuestion(page, before, place) : undefined;
}

/** What the user said before an answer. */
export function asked(question: TemplateResult): TemplateResult {
	return html`<p class="role">${l10n.t('User')}</p>
		${question}`;
}

/** The regeneration that is shown. Its answers are entries of the column like the messages, and the first is `firstId`. */
function takeView(page: LabShown, takes: readonly LabTake[], shown: number, firstId: number): unknown {
	const take = takes[shown];
	return take?.steps.map((_step, index) => {
		const question = stepQuestion(page, take, index);
		const head = html`${takeBar(page, take.column, takes, shown)}
			<p class="facts">${takeFacts(page, take)}</p>`;
		return html`<div data-id=${firstId + index}>
			${index === 0 ? head : nothing}${question ? asked(question) : nothing}${stepView(page, take, index)}
		</div>`;
	});
}

async function regenerate(page: LabShown, column: string): Promise<void> {
	await page.settleEdits();
	await page.call(column, 'regenerate', { column });
}

async function followUp(page: LabShown, column: string, take: LabTake | undefined): Promise<void> {
	const key = `follow/${column}`;
	const question = page.intent.typed[key] ?? '';
	if (question.trim() === '') {
		return;
	}
	await page.settleEdits();
	const answer = take
		? await page.call(column, 'continueTake', { take: take.id, question })
		: await page.call(column, 'continueRecorded', { column, question });
	if (answer) {
		page.forgetTyped(key);
		page.columns.toEnd(column);
	}
}

function actions(page: LabShown, column: string, take: LabTake | undefined, canRegenerate: boolean): TemplateResult {
	const { intent } = page;
	const key = `follow/${column}`;
	const text = intent.typed[key] ?? '';
	const running = take !== undefined && isRunning(take);
	const send = () => void followUp(page, column, take);
	return html`<footer class="column-actions">
		${errorAt(page, `messages/${column}`)} ${errorAt(page, column)}
		<textarea
			rows="2"
			aria-label=${take ? l10n.t('Ask a follow-up') : l10n.t('Follow up the recorded answer')}
			placeholder=${take ? l10n.t('Ask a follow-up') : l10n.t('Follow up the recorded answer')}
			.value=${text}
			@input=${(event: Event) => page.type(key, (event.target as HTMLTextAreaElement).value)}
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
							click: () => void page.call(column, 'stop', { take: take.id }),
						})
					: actionButton({
							icon: 'refresh',
							label: l10n.t('Regenerate'),
							disabled: !canRegenerate,
							click: () => void regenerate(page, column),
						})
			}
			<button class="button secondary" ?disabled=${running || text.trim() === ''} @click=${send}>
				${l10n.t('Continue')}
			</button>
		</div>
	</footer>`;
}

/** The recorded messages, then the regeneration that is shown. */
function columnContent(page: LabShown, key: string, conversation: ShownConversation, takes: LabTake[]): TemplateResult {
	const { tools, unanswered } = conversation;
	const count = conversation.count + (unanswered ? 1 : 0);
	// Not drawn again while a regeneration streams.
	const messages = guard([conversation, page.state.chosen[key], page.intent.open, page.messages.version(key)], () =>
		longList({
			count,
			entry: (index) => recordedMessage(page, key, index),
			onNear: (first, end) => page.onNear(key, first, end),
		}),
	);
	return html`${tools ? html`<p class="facts column-note">${toolsNote(page.state.settings.tools)}</p>` : nothing}
	${messages}${takeView(page, takes, shownPosition(page, key, takes), count)}`;
}

/** What a regeneration does with the tools that were called. */
function toolsNote(choice: LabToolChoice | undefined): string {
	return choice === 'recorded'
		? l10n.t(
				'This conversation calls tools. They are offered to the model: a recorded call gets its recorded result, any other call fails.',
			)
		: l10n.t(
				'This conversation calls tools. The model gets those calls and their results as text; no tools are offered to it, so it cannot call any.',
			);
}

function shownPosition(page: LabShown, key: string, takes: readonly LabTake[]): number {
	const chosen = takes.findIndex(({ id }) => id === page.intent.shown[key]);
	return chosen < 0 ? takes.length - 1 : chosen;
}

/** Until it comes near the screen, a column is an empty box of its size. */
function column(page: LabShown, key: string, conversation: ShownConversation, takes: LabTake[]): TemplateResult {
	const { label } = conversation;
	const seen = page.seen.has(key);
	const take = takes[shownPosition(page, key, takes)];
	return html`<article class="column" aria-label=${visibleText(label)}>
		<h3>${visibleText(label)}</h3>
		<div class="column-body scroll" data-column=${key} tabindex="0" ${ref(page.columns.ref(key))}>
			<div>${seen ? columnContent(page, key, conversation, takes) : nothing}</div>
		</div>
		${seen ? actions(page, key, take, page.state.chosen[key] !== undefined) : nothing}
	</article>`;
}

/** A conversation with its regenerations. Drawn again only when something of its own has changed. */
export function columnView(page: LabShown, key: string, conversation: ShownConversation): unknown {
	const takes = takesOf(page, key);
	const seen = page.seen.has(key);
	const errors = [page.errors.get(key), page.errors.get(`messages/${key}`)];
	const own = seen ? [page.state.chosen[key], page.intent, page.messages.version(key), ...errors, ...takes] : [];
	return guard([conversation, seen, page.state.settings.tools, ...own], () => column(page, key, conversation, takes));
}
