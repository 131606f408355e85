import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../../common/visibleText.ts';
import type { WorkshopShown } from '../shown.ts';
import { placedError } from './placedError.ts';

export function footerView(page: WorkshopShown): TemplateResult {
	const { format } = page;
	const { draft } = page.state;
	const extractLabel = draft.newBlock ? l10n.t('Extract draft: a new prompt arrived') : l10n.t('Extract draft');
	const run = (action: 'extract' | 'commit') => () => page.call('footer', 'action', { action });
	return html`<footer class="footer">
		${placedError(page, 'footer')}
		<div class="footer-row">
			<p class="footer-figures muted">
				${l10n.t('{0} characters', format.number(draft.characters))} ·
				${l10n.t('about {0} tokens', format.number(draft.tokens))}
			</p>
			<div class="footer-actions">
				<button
					class="button secondary extract"
					title=${extractLabel}
					aria-label=${extractLabel}
					@click=${run('extract')}
				>
					${l10n.t('Extract draft')}${draft.newBlock ? html`<span class="dot" aria-hidden="true"></span>` : nothing}
				</button>
				<button
					class="button commit"
					?disabled=${draft.commitBlocked !== null}
					aria-describedby=${draft.commitBlocked === null ? nothing : 'commit-blocked'}
					@click=${run('commit')}
				>
					${l10n.t('Commit…')}
				</button>
			</div>
		</div>
		${
			draft.commitBlocked === null
				? nothing
				: html`<p class="footer-reason muted" id="commit-blocked">${visibleText(draft.commitBlocked)}</p>`
		}
	</footer>`;
}
