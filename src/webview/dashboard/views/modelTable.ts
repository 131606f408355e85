import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { DashboardView } from '../../../common/dashboardPage.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { DashboardShown } from '../shown.ts';
import { costText } from './costText.ts';

/** What each model was used for. */
export function modelTable({ format }: DashboardShown, { models }: DashboardView): TemplateResult | typeof nothing {
	const columns = [l10n.t('Runs'), l10n.t('Answers'), l10n.t('Tests'), l10n.t('Cost')];
	return models.length === 0
		? nothing
		: html`<h2 id="models">${l10n.t('Models')}</h2>
				<table class="rates dashboard-models" aria-labelledby="models">
					<thead>
						<tr>
							<th scope="col">${l10n.t('Model')}</th>
							${columns.map((column) => html`<th scope="col" class="number">${column}</th>`)}
						</tr>
					</thead>
					<tbody>
						${models.map((one) => {
							const cells = [
								...[one.runs, one.answers, one.tests].map((count) => format.number(count)),
								costText(one, format),
							];
							return html`<tr>
								<th scope="row">${visibleText(one.model)}</th>
								${cells.map((cell, at) => html`<td class="number" data-title=${columns[at] ?? ''}>${cell}</td>`)}
							</tr>`;
						})}
					</tbody>
				</table>`;
}
