import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { workshopTabs, type WorkshopTab } from '../../../common/workshopProtocol.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { WorkshopApp } from '../app.ts';
import { chatView } from './chatView.ts';
import { footerView } from './footerView.ts';
import { headerView } from './headerView.ts';
import { historyView } from './historyView.ts';
import { placedError } from './placedError.ts';
import { testView } from './testView.ts';

export function appView(app: WorkshopApp): TemplateResult {
	if (!app.ready) {
		const error = app.errors.get('panel');
		return html`<main>${error ? html`<p role="alert">${error.message}</p>` : nothing}</main>`;
	}
	const { tab } = app.intent;
	const panel = { chat: chatView, test: testView, history: historyView }[tab](app);
	return html`<main class="workshop">
		${headerView(app)}${tabList(app)}${placedError(app, 'panel')}
		<div class="tab-panel" id="panel-${tab}" role="tabpanel" aria-labelledby="tab-${tab}">${panel}</div>
		${footerView(app)}
		<p class="visually-hidden" role="status">${visibleText(app.announcement)}</p>
	</main>`;
}

function tabList(app: WorkshopApp): TemplateResult {
	const { state, intent } = app;
	const labels: Record<WorkshopTab, string> = {
		chat: l10n.t('Chat'),
		test: l10n.t('Test'),
		history: l10n.t('History'),
	};
	const onKey = (event: KeyboardEvent) => {
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		if (step !== undefined && event.currentTarget instanceof HTMLElement) {
			event.preventDefault();
			const { length } = workshopTabs;
			const next = workshopTabs[(workshopTabs.indexOf(app.intent.tab) + step + length) % length] ?? 'chat';
			app.setIntent({ tab: next });
			event.currentTarget.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
		}
	};
	return html`<div class="tabs" role="tablist" aria-label=${l10n.t('Parts of the workshop')} @keydown=${onKey}>
		${workshopTabs.map(
			(tab) =>
				html`<button
					role="tab"
					class="tab"
					id="tab-${tab}"
					aria-selected=${tab === intent.tab}
					aria-controls=${tab === intent.tab ? `panel-${tab}` : nothing}
					tabindex=${tab === intent.tab ? 0 : -1}
					@click=${() => app.setIntent({ tab })}
				>
					${labels[tab]}${
						tab === 'history' && state.resultCount > 0
							? html` <span class="count">${app.format.number(state.resultCount)}</span>`
							: nothing
					}
				</button>`,
		)}
	</div>`;
}
