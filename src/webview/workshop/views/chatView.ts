import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { MessageView } from '../../../common/workshopProtocol.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { WorkshopShown } from '../shown.ts';
import '../../shared/columnPart.ts';
import { errorNote } from '../../shared/errorNote.ts';
import { partPlaces } from '../../shared/partPlaces.ts';
import { modelText } from '../../shared/turnEnding.ts';
import { isEarlier, runOfKind, turnOf, type WorkshopState } from '../state.ts';
import { composerView } from './composerView.ts';
import { keyHelp, providerOf } from './keyHelp.ts';
import { placedError } from './placedError.ts';
import { scrollColumn } from './scrollColumn.ts';
import { turnEvents } from './turnEvents.ts';

export function chatView(page: WorkshopShown): TemplateResult {
	const { state, format } = page;
	const groups = groupMessages(state);
	return html`${scrollColumn(
			page,
			{
				place: 'chat',
				onTop: () => page.loadEarlier(),
				first: state.messages[0]?.id,
				places: (scroller) => partPlaces(scroller, (id) => isEarlier(page.state, id)),
			},
			html`<div class="messages" role="log" aria-live="off" aria-label=${l10n.t('Conversation')}>
				${
					state.earlier > 0
						? html`<button class="text-button earlier" @click=${() => page.loadEarlier()}>
								${l10n.t('Show earlier messages ({0})', format.number(state.earlier))}
							</button>`
						: nothing
				}
				${state.messages.length === 0 ? html`<p class="empty muted">${l10n.t('Describe the prompt that you need, and the assistant starts with questions.')}</p>` : nothing}
				${repeat(
					groups,
					({ first }) => first,
					(group) => groupView(page, group),
				)}
			</div>`,
		)}
		<div class="below">${placedError(page, 'earlier')}${placedError(page, 'chat')}${composerView(page)}</div>`;
}

/** Messages in a group: enough that a chat of thousands has few groups, few enough that one is drawn in a frame. */
const groupSize = 8;

interface MessageGroup {
	/** Id of its first message. */
	first: number;
	messages: MessageView[];
}

/** A group does not change when others are added before or after it, so that what the reader sees stays in place. */
function groupMessages({ messages, pages }: WorkshopState): MessageGroup[] {
	const groups: MessageGroup[] = [];
	for (const message of messages) {
		const last = groups.at(-1);
		if (last && last.messages.length < groupSize && !pages.has(message.id)) {
			last.messages.push(message);
		} else {
			groups.push({ first: message.id, messages: [message] });
		}
	}
	return groups;
}

/** Drawn again only if something in the group has changed, and only near the view: a chat may have thousands of messages. */
function groupView(page: WorkshopShown, { first, messages }: MessageGroup): TemplateResult {
	const { intent, state, busy } = page;
	const last = state.messages.at(-1);
	const editing = messages.some(({ id }) => id === intent.editing?.messageId) && intent.editing;
	const runs = messages.flatMap(({ id }) => state.runs.get(String(id)) ?? []);
	const running = runOfKind(state, 'chat') !== undefined;
	const holdsLast = messages.at(-1) === last;
	const steps = holdsLast && !running ? state.draft.nextSteps : [];
	const offer = holdsLast && !running ? offerOf(page) : undefined;
	const isBusy = busy.has('chat');
	const seen = [editing, intent.open, intent.dismissed, running, isBusy, holdsLast, offer, steps.join('\n')];
	const content = guard(
		[...seen, ...messages, ...runs],
		() => () =>
			html`${repeat(
				messages,
				({ id }) => id,
				(message) => messageView(page, message, message === last),
			)}${steps.length > 0 || offer ? nextStepsView(page, steps, offer) : nothing}`,
	);
	const pinned = editing !== false || messages.some(({ status }) => status === 'streaming');
	return html`<pw-column-part data-first=${first} .content=${content} .pinned=${pinned}></pw-column-part>`;
}

/** What the draft needs next: to take over the prompt of the last answer, or, once it has, a first test. */
function offerOf({ state }: WorkshopShown): 'extract' | 'test' | undefined {
	const { draft, resultCount } = state;
	if (draft.newBlock) {
		return 'extract';
	}
	return draft.blockInUse && draft.testBlocked === null && resultCount === 0 ? 'test' : undefined;
}

function offerButton(page: WorkshopShown, offer: 'extract' | 'test'): TemplateResult {
	const [question] = page.state.draft.questions;
	const click =
		offer === 'extract'
			? () => page.call('chat', 'action', { action: 'extract' })
			: () => {
					page.setIntent({
						tab: 'test',
						...(page.intent.query === '' && question !== undefined && { query: question }),
					});
					page.focus('.form .run');
				};
	return html`<button class="button" ?disabled=${page.busy.has('chat')} @click=${click}>
		${offer === 'extract' ? l10n.t('Use it in the draft') : l10n.t('Test it')}
	</button>`;
}

/** Suggested answers, sent with one click, under the message that they answer, and what the draft needs next. */
function nextStepsView(
	page: WorkshopShown,
	steps: readonly string[],
	offer: 'extract' | 'test' | undefined,
): TemplateResult {
	const disabled = page.busy.has('chat');
	const say = async (text: string) => {
		await page.call('chat', 'send', { text });
		page.focus('.composer textarea');
	};
	return html`<div class="next-steps" role="group" aria-label=${l10n.t('Next steps')}>
		${offer ? offerButton(page, offer) : nothing}
		${steps.map(
			(text) =>
				html`<button class="button secondary" ?disabled=${disabled} @click=${() => say(text)}>
					${visibleText(text)}
				</button>`,
		)}
	</div>`;
}

function messageView(page: WorkshopShown, message: MessageView, last: boolean): TemplateResult {
	return html`<article class="message message-${message.role}" data-id=${message.id}>
		${message.role === 'user' ? userMessage(page, message) : assistantMessage(page, message, last)}
	</article>`;
}

function userMessage(page: WorkshopShown, message: MessageView): TemplateResult {
	const { intent } = page;
	const { editing } = intent;
	const running = runOfKind(page.state, 'chat') !== undefined;
	const own = `.message[data-id="${message.id}"]`;
	if (editing?.messageId !== message.id) {
		const edit = () => {
			page.setIntent({ editing: { messageId: message.id, text: message.text } });
			page.focus(`${own} textarea`);
		};
		return html`<div class="message-head">
				<span class="author">${l10n.t('You')}</span>
				<button
					class="icon-button message-action"
					?disabled=${running}
					title=${l10n.t('Edit message')}
					aria-label=${l10n.t('Edit message')}
					@click=${edit}
				>
					<span class="codicon codicon-edit" aria-hidden="true"></span>
				</button>
			</div>
			<div class="message-text">${visibleText(message.text)}</div>`;
	}
	const close = () => {
		page.setIntent({ editing: null });
		page.focus(`${own} .message-action`);
	};
	const empty = editing.text.trim() === '';
	const onKey = (event: KeyboardEvent) => {
		if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
			event.preventDefault();
			void resend(page);
		} else if (event.key === 'Escape') {
			close();
		}
	};
	return html`<div class="message-head"><span class="author">${l10n.t('You')}</span></div>
		<textarea
			class="input textarea"
			aria-label=${l10n.t('Edit message')}
			.value=${editing.text}
			@input=${(event: Event) =>
				page.setIntent({
					editing: { messageId: message.id, text: (event.target as HTMLTextAreaElement).value },
				})}
			@keydown=${onKey}
		></textarea>
		<div class="row">
			<span class="muted grow">${l10n.t('The messages after this one will be replaced.')}</span>
			<button class="button secondary" @click=${close}>${l10n.t('Cancel')}</button>
			<button class="button" ?disabled=${empty || page.busy.has('chat')} @click=${() => resend(page)}>
				${l10n.t('Ask again')}
			</button>
		</div>`;
}

/** Asks again with the current text of the edited message, even if that is not drawn yet. */
async function resend(page: WorkshopShown): Promise<void> {
	const { editing } = page.intent;
	if (!editing || editing.text.trim() === '' || page.busy.has('chat')) {
		return;
	}
	const stored = await page.call('chat', 'resend', editing, () => resend(page));
	if (stored && page.intent.editing?.messageId === editing.messageId) {
		page.setIntent({ editing: null });
	}
}

function retryTurn(page: WorkshopShown): void {
	void page.call('chat', 'retry', null, () => retryTurn(page));
}

function assistantMessage(page: WorkshopShown, message: MessageView, last: boolean): TemplateResult {
	const { format, state, intent } = page;
	const { turn, since } = turnOf(state, message);
	const key = String(message.id);
	const events = turnEvents(page, key, 'chat');
	const waiting = message.status === 'streaming' && !state.runs.has(key);
	const { error } = turn;
	const retry = last && since === undefined ? () => retryTurn(page) : undefined;
	const dismiss = () => page.setIntent({ dismissed: [...intent.dismissed, key] });
	const end = message.status === 'streaming' ? undefined : message.status;
	const incomplete = last && end !== undefined && end !== 'complete' && !error;
	return html`<div class="message-head">
			<span class="author">${l10n.t('Assistant')}</span>
			${message.model ? html`<span class="muted">${visibleText(modelText(message.model, turn.answeredModel ?? message.answeredModel))}</span>` : nothing}
			${
				message.hasRequest
					? html`<button
							class="icon-button message-action"
							title=${l10n.t('Show request')}
							aria-label=${l10n.t('Show request')}
							@click=${() => page.call('chat', 'showRequest', { messageId: message.id })}
						>
							<span class="codicon codicon-json" aria-hidden="true"></span>
						</button>`
					: nothing
			}
		</div>
		${waiting ? html`<p class="awaited">${message.model ? l10n.t('Being answered in another window.') : l10n.t('Waiting for a model to be chosen.')}</p>` : nothing}
		<pw-turn
			.turn=${turn}
			.liveSince=${since}
			.end=${end}
			.format=${format}
			.codeActions=${chatCodeActions}
			.open=${intent.open[key] ?? {}}
			@turn-toggle=${events.toggle}
			@code-action=${events.code}
			@link-open=${events.link}
			@text-open=${events.text}
		></pw-turn>
		${error && !intent.dismissed.includes(key) ? errorNote(error, { retry, dismiss, help: keyHelp(page, 'chat', error.code, providerOf(message.model ?? '')) }) : nothing}
		${incomplete ? html`<button class="button secondary" @click=${retry}>${l10n.t('Retry')}</button>` : nothing}`;
}

const chatCodeActions = ['use', 'compare', 'copy'] as const;
