import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../../common/visibleText.ts';
import type { WorkshopApp } from '../app.ts';
import { fill } from '../../shared/format.ts';
import { placedError } from './placedError.ts';

export function footerView(app: WorkshopApp): TemplateResult {
	const { strings, format } = app;
	const { draft } = app.state;
	const extractLabel = draft.newBlock ? strings.extractNew : strings.extract;
	const run = (action: 'extract' | 'commit') => () => app.call('footer', 'action', { action });
	return html`<footer class="footer">
		${placedError(app, 'footer')}
		<div class="footer-row">
			<p class="footer-figures muted">
				${fill(strings.characters, format.number(draft.characters))} ·
				${fill(strings.tokensEstimate, format.number(draft.tokens))}
			</p>
			<div class="footer-actions">
				<button
					class="button secondary extract"
					title=${extractLabel}
					aria-label=${extractLabel}
					@click=${run('extract')}
				>
					${strings.extract}${draft.newBlock ? html`<span class="dot" aria-hidden="true"></span>` : nothing}
				</button>
				<button
					class="button commit"
					?disabled=${draft.commitBlocked !== null}
					aria-describedby=${draft.commitBlocked === null ? nothing : 'commit-blocked'}
					@click=${run('commit')}
				>
					${strings.commit}
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
