import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ErrorCode } from '../../common/errors.ts';
import { visibleText } from '../../common/visibleText.ts';

export interface ShownError {
	message: string;
	detail?: string;
}

/** An error that is shown at a place of the page. */
export interface PlacedError extends ShownError {
	code?: ErrorCode;
	/** Id of the provider that it came from. */
	provider?: string;
	retry?: () => void;
}

/** A note that shows an error: what happened, what to do, and raw detail on demand. Only the given actions get buttons. */
export function errorNote(
	error: ShownError,
	actions: {
		retry?: (() => void) | undefined;
		dismiss?: (() => void) | undefined;
		/** An action that removes the cause. */
		help?: { label: string; run: () => void } | undefined;
	} = {},
): TemplateResult {
	const { retry, dismiss, help } = actions;
	return html`<div class="note note-error" role="alert">
		<span class="codicon codicon-error" aria-hidden="true"></span>
		<div class="note-body">
			<p>${visibleText(error.message)}</p>
			${
				error.detail
					? html`<details>
							<summary>${l10n.t('Details')}</summary>
							<pre tabindex="0">${visibleText(error.detail)}</pre>
						</details>`
					: nothing
			}
		</div>
		<div class="note-actions">
			${help ? html`<button class="button" @click=${help.run}>${help.label}</button>` : nothing}
			${retry ? html`<button class="button secondary" @click=${retry}>${l10n.t('Retry')}</button>` : nothing}
			${
				dismiss
					? html`<button
							class="icon-button"
							title=${l10n.t('Dismiss')}
							aria-label=${l10n.t('Dismiss')}
							@click=${dismiss}
						>
							<span class="codicon codicon-close" aria-hidden="true"></span>
						</button>`
					: nothing
			}
		</div>
	</div>`;
}
