import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { workshopTabs, type WorkshopTab } from '../../../common/workshopProtocol.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { WorkshopShown } from '../shown.ts';
import { chatView } from './chatView.ts';
import { footerView } from './footerView.ts';
import { headerView } from './headerView.ts';
import { historyView } from './historyView.ts';
import { placedError } from './placedError.ts';
import { testView } from './testView.ts';

export function appView(page: WorkshopShown): TemplateResult {
	const { tab } = page.intent;
	const panel = {
		chat: chatView,
		test: testView,
		suite: (shown: WorkshopShown) => shown.suiteView?.(shown) ?? loading(shown),
		history: historyView,
	}[tab](page);
	return html`<main class="workshop">
		${headerView(page)}${tabList(page)}${placedError(page, 'panel')}
		<div class="tab-panel" id="panel-${tab}" role="tabpanel" aria-labelledby="tab-${tab}">${panel}</div>
		${footerView(page)}
		<p class="visually-hidden" role="status">${visibleText(page.announcement)}</p>
	</main>`;
}

/** The view of the suite is loaded when its tab is first shown. */
function loading(page: WorkshopShown): unknown {
	return page.errors.has('cases')
		? placedError(page, 'cases')
		: html`<p class="empty muted">${l10n.t('Loading…')}</p>`;
}

function tabList(page: WorkshopShown): TemplateResult {
	const { state, intent } = page;
	const tabs = workshopTabs.filter((tab) => tab !== 'suite' || state.snapshot.suites);
	const labels: Record<WorkshopTab, string> = {
		chat: l10n.t('Chat'),
		test: l10n.t('Test'),
		suite: l10n.t('Suite'),
		history: l10n.t('History'),
	};
	const onKey = (event: KeyboardEvent) => {
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		if (step !== undefined && event.currentTarget instanceof HTMLElement) {
			event.preventDefault();
			const { length } = tabs;
			const next = tabs[(tabs.indexOf(page.intent.tab) + step + length) % length] ?? 'chat';
			page.setIntent({ tab: next });
			event.currentTarget.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
		}
	};
	return html`<div class="tabs" role="tablist" aria-label=${l10n.t('Parts of the workshop')} @keydown=${onKey}>
		${tabs.map(
			(tab) =>
				html`<button
					role="tab"
					class="tab"
					id="tab-${tab}"
					aria-selected=${tab === intent.tab}
					aria-controls=${tab === intent.tab ? `panel-${tab}` : nothing}
					tabindex=${tab === intent.tab ? 0 : -1}
					@click=${() => page.setIntent({ tab })}
				>
					${labels[tab]}${
						tab === 'history' && state.resultCount > 0
							? html` <span class="count">${page.format.number(state.resultCount)}</span>`
							: nothing
					}
				</button>`,
		)}
	</div>`;
}
