import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Against } from '../../../common/reportPage.ts';
import { runStatusWord } from '../../../common/runStatus.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { ReportShown } from '../shown.ts';
import { placedError } from './placedError.ts';

/** What was run and when, and what can be done with it. */
export function headerView(page: ReportShown): TemplateResult {
	const { state, format } = page;
	const { snapshot, view } = state;
	const { suiteName, startedAt, status, reason, done, trials, calls, costUsd, blessedAt } = view?.run ?? snapshot.run;
	const facts = [
		format.dateTime(startedAt),
		runStatusWord(status),
		done === trials
			? done === 1
				? l10n.t('1 answer')
				: l10n.t('{0} answers', format.number(done))
			: l10n.t('{0} of {1} answers', format.number(done), format.number(trials)),
		...(calls === 0
			? []
			: [
					calls === 1 ? l10n.t('1 request') : l10n.t('{0} requests', format.number(calls)),
					costUsd === null ? l10n.t('cost unknown') : format.cost(costUsd),
				]),
		...(snapshot.isStored ? [] : [l10n.t('read from a file')]),
	];
	return html`<header class="report-header">
		<div class="row">
			<h1>${visibleText(suiteName)}</h1>
			${
				blessedAt === undefined
					? nothing
					: html`<span class="count" title=${l10n.t('Later runs are compared with this one')}
							>${l10n.t('baseline')}</span
						>`
			}
			<span class="grow"></span>
			<div class="row report-actions">${actions(page, blessedAt !== undefined)}</div>
		</div>
		<p class="muted">${facts.join(' · ')}</p>
		${reason === undefined ? nothing : html`<p class="note">${visibleText(reason)}</p>`}
		${placedError(page, 'actions')}
	</header>`;
}

function actions(page: ReportShown, isBaseline: boolean): TemplateResult {
	const { snapshot } = page.state;
	const act = (action: 'exportRun' | 'blessBaseline' | 'openSuite') => () => void page.call('actions', action, null);
	return html`${compareMenu(page)}
		<button class="button secondary" @click=${act('exportRun')}>${l10n.t('Export…')}</button>
		${
			snapshot.isStored && !isBaseline && snapshot.run.status !== 'running'
				? html`<button class="button secondary" @click=${act('blessBaseline')}>
						${l10n.t('Use as Baseline')}
					</button>`
				: nothing
		}
		${
			snapshot.isStored
				? html`<button class="button secondary" @click=${act('openSuite')}>${l10n.t('Open Suite')}</button>`
				: nothing
		}`;
}

interface Choice {
	label: string;
	against: Against;
	isChosen: boolean;
}

/** What the run is compared with; the last entry asks for another run. */
function compareMenu(page: ReportShown): TemplateResult | typeof nothing {
	const { view, snapshot } = page.state;
	if (!view) {
		return nothing;
	}
	const choices = choicesOf(page);
	const label = l10n.t('Compare with');
	const choose = async (event: Event) => {
		const select = event.target as HTMLSelectElement;
		const choice = choices[select.selectedIndex];
		if (choice) {
			page.compareWith(choice.against);
			return;
		}
		const answer = await page.call('actions', 'chooseRun', null);
		if (answer?.result) {
			page.compareWith({ kind: 'run', runId: answer.result.runId });
		} else {
			select.selectedIndex = choices.findIndex(({ isChosen }) => isChosen);
		}
	};
	return html`<span class="select-box">
		<select class="select compare-with" aria-label=${label} title=${label} @change=${choose}>
			${choices.map(
				({ label: text, isChosen }) => html`<option .selected=${isChosen}>${visibleText(text)}</option>`,
			)}
			${snapshot.isStored ? html`<option .selected=${false}>${l10n.t('Compare with another run…')}</option>` : nothing}
		</select>
	</span>`;
}

function choicesOf({ state, format }: ReportShown): Choice[] {
	const { view } = state;
	if (!view) {
		return [];
	}
	const { against, baseline, other, run } = view;
	const models = run.variants.filter(({ isModel }) => isModel);
	const ofRun = (label: string, runId: string): Choice => ({
		label,
		against: { kind: 'run', runId },
		isChosen: against.kind === 'run' && against.runId === runId,
	});
	return [
		{ label: l10n.t('Compare with nothing'), against: { kind: 'none' }, isChosen: against.kind === 'none' },
		...(models.length < 2 ? [] : models).map(({ label }): Choice => ({
			label: l10n.t('Compare with {0}', label),
			against: { kind: 'variant', label },
			isChosen: against.kind === 'variant' && against.label === label,
		})),
		...(baseline
			? [ofRun(l10n.t('Compare with the baseline of {0}', format.dateTime(baseline.startedAt)), baseline.runId)]
			: []),
		...(other && other.runId !== baseline?.runId
			? [ofRun(l10n.t('Compare with the run of {0}', format.dateTime(other.startedAt)), other.runId)]
			: []),
	];
}
