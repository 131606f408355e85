import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../../common/visibleText.ts';
import type { DashboardShown } from '../shown.ts';

/** The cases that fail most often in the newest runs. */
export function failingList(page: DashboardShown): TemplateResult | typeof nothing {
	const { state, format } = page;
	const { failing, view } = state;
	if (!view?.rows.some(({ newest }) => newest)) {
		return nothing;
	}
	return html`<h2 id="failing">${l10n.t('Cases that fail most often in the newest runs')}</h2>
		${
			!failing
				? page.errors.has('failing')
					? nothing
					: html`<p class="muted">${l10n.t('Reading the answers…')}</p>`
				: failing.cases.length === 0
					? html`<p class="muted">${l10n.t('Every answer passed.')}</p>`
					: html`<ul class="failing" aria-labelledby="failing">
							${failing.cases.map(
								({ runId, of, name, failed, answers }) =>
									html`<li>
										<button
											class="text-button"
											@click=${() => page.call('failing', 'openReport', { runId })}
										>
											${visibleText(name)}
										</button>
										<span class="muted"
											>${visibleText(of)} ·
											${l10n.t('{0} of {1} answers failed', format.number(failed), format.number(answers))}</span
										>
									</li>`,
							)}
						</ul>`
		}`;
}
