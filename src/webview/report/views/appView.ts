import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { reportTabs, type ReportTab } from '../intent.ts';
import type { ReportShown } from '../shown.ts';
import { caseList } from './caseList.ts';
import { caseView } from './caseView.ts';
import { headerView } from './headerView.ts';
import { placedError } from './placedError.ts';
import { trendView } from './trendView.ts';
import { variantTable } from './variantTable.ts';
import { verdictView } from './verdictView.ts';

/** The verdict first, then the variants, then the cases, one of them, or the trend. */
export function appView(page: ReportShown): TemplateResult {
	const { state, intent } = page;
	if (intent.case !== null && state.view) {
		return html`<main class="report">
			${headerView(page)}${placedError(page, 'panel')}${caseView(page, intent.case)}
		</main>`;
	}
	const { isStored } = state.snapshot;
	const tab = isStored ? intent.tab : 'cases';
	const panel = tab === 'trend' ? trendView(page) : caseList(page, state.view);
	return html`<main class="report">
		${headerView(page)}
		<div class="report-summary" role="region" aria-label=${l10n.t('Summary')} tabindex="0">
			${placedError(page, 'panel')}${placedError(page, 'view')}${verdictView(page)}${variantTable(page)}
		</div>
		${isStored ? tabList(page, tab) : nothing}
		${
			isStored
				? html`<div class="tab-panel" id="panel-${tab}" role="tabpanel" aria-labelledby="tab-${tab}">
						${panel}
					</div>`
				: panel
		}
	</main>`;
}

function tabList(page: ReportShown, shown: ReportTab): TemplateResult {
	const labels: Record<ReportTab, string> = { cases: l10n.t('Cases'), trend: l10n.t('Trend') };
	const onKey = (event: KeyboardEvent) => {
		if (['ArrowLeft', 'ArrowRight'].includes(event.key) && event.currentTarget instanceof HTMLElement) {
			event.preventDefault();
			const next = shown === 'cases' ? 'trend' : 'cases';
			page.setIntent({ tab: next });
			event.currentTarget.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
		}
	};
	return html`<div class="tabs" role="tablist" aria-label=${l10n.t('Parts of the report')} @keydown=${onKey}>
		${reportTabs.map(
			(tab) =>
				html`<button
					role="tab"
					class="tab"
					id="tab-${tab}"
					aria-selected=${tab === shown}
					aria-controls=${tab === shown ? `panel-${tab}` : nothing}
					tabindex=${tab === shown ? 0 : -1}
					@click=${() => page.setIntent({ tab })}
				>
					${labels[tab]}
				</button>`,
		)}
	</div>`;
}
