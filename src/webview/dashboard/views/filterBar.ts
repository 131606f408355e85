import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { dashboardPeriods, type DashboardFilter } from '../../../common/dashboardPage.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { DashboardShown } from '../shown.ts';

/** Which prompts, models and times are shown. */
export function filterBar(page: DashboardShown): TemplateResult {
	const { filter } = page.intent;
	const { choices } = page.state.view ?? { choices: { folders: [], tags: [], models: [] } };
	const set = (patch: Partial<DashboardShown['intent']['filter']>) => {
		page.dismissError('view');
		page.dismissError('failing');
		page.setIntent({ filter: { ...page.intent.filter, ...patch } });
	};
	const menu = (field: Exclude<keyof DashboardFilter, 'days'>, label: string, all: string, values: string[]) =>
		values.length === 0 && filter[field] === ''
			? nothing
			: select(
					label,
					['', ...new Set([...values, ...(filter[field] === '' ? [] : [filter[field]])])].map((value) => ({
						value,
						label: value === '' ? all : value,
						isChosen: value === filter[field],
					})),
					(value) => set({ [field]: value }),
				);
	return html`<div class="row dashboard-filter" role="search">
		${select(
			l10n.t('Period'),
			dashboardPeriods.map((days) => ({
				value: String(days),
				label: days === 0 ? l10n.t('All time') : l10n.t('Last {0} days', days),
				isChosen: days === filter.days,
			})),
			(value) => set({ days: dashboardPeriods.find((days) => String(days) === value) ?? 0 }),
		)}
		${menu('folder', l10n.t('Folder'), l10n.t('All folders'), choices.folders)}
		${menu('tag', l10n.t('Tag'), l10n.t('All tags'), choices.tags)}
		${menu('model', l10n.t('Model'), l10n.t('All models'), choices.models)}
	</div>`;
}

function select(
	label: string,
	options: { value: string; label: string; isChosen: boolean }[],
	choose: (value: string) => void,
): TemplateResult {
	return html`<span class="select-box">
		<select
			class="select"
			aria-label=${label}
			title=${label}
			@change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
		>
			${options.map(
				(option) =>
					html`<option value=${option.value} .selected=${option.isChosen}>
						${visibleText(option.label)}
					</option>`,
			)}
		</select>
	</span>`;
}
