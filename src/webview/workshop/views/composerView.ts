import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../../common/visibleText.ts';
import type { WorkshopShown } from '../shown.ts';
import { runOfKind } from '../state.ts';

/** As named on the operating system of the page: the host may run on another one. */
const sendKey = navigator.userAgent.includes('Mac') ? '⌘Enter' : 'Ctrl+Enter';

function isSendable({ state, busy, intent }: WorkshopShown): boolean {
	return runOfKind(state, 'chat') === undefined && !busy.has('chat') && intent.composer.trim() !== '';
}

/** Sends the current text of the box, even if it is not drawn yet: a key may be pressed before the page is drawn. */
async function send(page: WorkshopShown): Promise<void> {
	const text = page.intent.composer;
	if (!isSendable(page)) {
		return;
	}
	const stored = await page.call('chat', 'send', { text }, () => send(page));
	if (stored && page.intent.composer === text) {
		page.setIntent({ composer: '' });
	}
}

/** The box for a new message. The text stays until the host has stored it. */
export function composerView(page: WorkshopShown): TemplateResult {
	const { intent, state } = page;
	const running = runOfKind(state, 'chat') !== undefined;
	const sendable = isSendable(page);
	const onKey = (event: KeyboardEvent) => {
		if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
			event.preventDefault();
			void send(page);
		} else if (event.key === 'Escape' && runOfKind(page.state, 'chat')) {
			void page.call('chat', 'stop', { kind: 'chat' });
		}
	};
	const model = state.snapshot.models.chatModel;
	return html`<div class="composer">
		<textarea
			class="input textarea"
			rows="2"
			aria-label=${l10n.t('Message')}
			placeholder=${l10n.t('Describe what you need, or ask for a change')}
			.value=${intent.composer}
			@input=${(event: Event) => page.setIntent({ composer: (event.target as HTMLTextAreaElement).value })}
			@keydown=${onKey}
		></textarea>
		<div class="row">
			<button
				class="text-button"
				title=${l10n.t('Chat model')}
				@click=${() => page.call('chat', 'action', { action: 'chooseChatModel' })}
			>
				<span class="visually-hidden">${l10n.t('Chat model')}: </span
				>${visibleText(model ?? l10n.t('Choose a model'))}
			</button>
			<span class="grow"></span>
			<span class="muted hint">${l10n.t('{0} to send', sendKey)}</span>
			${
				running
					? html`<button
							class="button secondary stop"
							@click=${() => page.call('chat', 'stop', { kind: 'chat' })}
						>
							${l10n.t('Stop')}
						</button>`
					: nothing
			}
			<button class="button send" ?disabled=${!sendable} @click=${() => send(page)}>${l10n.t('Send')}</button>
		</div>
	</div>`;
}
