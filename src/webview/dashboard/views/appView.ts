import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { errorNote } from '../../shared/errorNote.ts';
import type { DashboardShown, Place } from '../shown.ts';
import { filterBar } from './filterBar.ts';
import { failingList } from './failingList.ts';
import { modelTable } from './modelTable.ts';
import { promptTable } from './promptTable.ts';

/** All prompts over time: how many answers pass, what they cost, and what needs attention. */
export function appView(page: DashboardShown): TemplateResult {
	const { view } = page.state;
	return html`<main class="dashboard">
		<h1>${l10n.t('Prompt Dashboard')}</h1>
		${placedError(page, 'panel')}${filterBar(page)}${placedError(page, 'view')}
		${
			view
				? html`${promptTable(page, view)}${failingList(page)}${placedError(page, 'failing')}${modelTable(page, view)}`
				: page.errors.has('view')
					? nothing
					: html`<p class="muted">${l10n.t('Loading…')}</p>`
		}
	</main>`;
}

function placedError(page: DashboardShown, place: Place): TemplateResult | typeof nothing {
	const error = page.errors.get(place);
	return error ? errorNote(error, { retry: error.retry, dismiss: () => page.dismissError(place) }) : nothing;
}
