import { html, type TemplateResult } from 'lit';
import * as l10n from '@vscode/l10n';
import type { ReportShown } from '../shown.ts';
import { caseList } from './caseList.ts';
import { caseView } from './caseView.ts';
import { headerView } from './headerView.ts';
import { placedError } from './placedError.ts';
import { variantTable } from './variantTable.ts';
import { verdictView } from './verdictView.ts';

/** The verdict first, then the variants, then the cases or one of them. */
export function appView(page: ReportShown): TemplateResult {
	const { state, intent } = page;
	return html`<main class="report">
		${headerView(page)}
		${
			intent.case === null
				? html`<div class="report-summary" role="region" aria-label=${l10n.t('Summary')} tabindex="0">
						${placedError(page, 'panel')}${placedError(page, 'view')}${verdictView(page)}${variantTable(page)}
					</div>`
				: placedError(page, 'panel')
		}
		${state.view ? (intent.case === null ? caseList(page, state.view) : caseView(page, intent.case)) : caseList(page, undefined)}
	</main>`;
}
