import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { LabPromptField } from '../../../common/labState.ts';
import '../../shared/splitter.ts';
import type { SplitEvent } from '../../shared/splitter.ts';
import { fieldKey, type LabShown } from '../shown.ts';
import { errorAt } from './errorAt.ts';

async function reset(page: LabShown, field: LabPromptField, key: string): Promise<void> {
	page.forgetTyped(key);
	await page.call(key, 'edit', { field, text: null });
}

/** The movable lower edge of the prompt fields before it; `part` names them in what is kept. */
export function promptSplitter(page: LabShown, part: string): TemplateResult {
	const { intent } = page;
	const { [part]: share, ...others } = intent.shares;
	return html`<pw-splitter
		title=${l10n.t('Drag this edge, or use the arrow keys, to change the height. Double-click it or press Enter to reset it.')}
		.label=${l10n.t('Height of the prompt fields')}
		.share=${share}
		@split=${({ detail }: SplitEvent) =>
			page.setIntent({ shares: detail.share === undefined ? others : { ...others, [part]: detail.share } })}
	></pw-splitter>`;
}

/** One of the texts that make a prompt: folded to a line, or open for editing; shows whether it was changed. */
export function promptField(page: LabShown, field: LabPromptField, label: string, recorded: string): TemplateResult {
	const { format, intent } = page;
	const key = fieldKey(field);
	const text = page.promptText(field);
	const open = intent.unfolded.includes(key);
	const modified = text !== recorded;
	return html`<section class="prompt-field">
		<div class="prompt-bar">
			<button class="block-summary" aria-expanded=${open} @click=${() => page.toggle(key)}>
				<span class="codicon codicon-chevron-${open ? 'down' : 'right'}" aria-hidden="true"></span>
				<span>${label}</span>
				<span class="muted">${l10n.t('{0} characters', format.number(text.length))}</span>
			</button>
			${
				modified
					? html`<span class="modified">● ${l10n.t('modified')}</span>
							<button class="text-button" @click=${() => void reset(page, field, key)}>
								${l10n.t('Reset')}
							</button>`
					: nothing
			}
		</div>
		${
			open
				? html`<textarea
						aria-label=${label}
						spellcheck="false"
						rows="3"
						.value=${live(text)}
						@input=${(event: Event) => page.type(key, (event.target as HTMLTextAreaElement).value)}
					></textarea>`
				: nothing
		}
		${errorAt(page, key)}
	</section>`;
}
