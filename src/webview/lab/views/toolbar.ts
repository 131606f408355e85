import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import {
	isRunning,
	labReplays,
	labToolChoices,
	type LabReplay,
	type LabTake,
	type LabToolChoice,
} from '../../../common/labState.ts';
import { thinkingLevels, type ThinkingLevel } from '../../../common/model.ts';
import { turnEnds } from '../../../common/turnEnd.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { LabShown } from '../shown.ts';
import { actionButton } from './actionButton.ts';
import { errorAt } from './errorAt.ts';
import { levelWord } from '../../shared/levelWord.ts';
import { replayHelp, replayWord, statusWord, toolChoiceHelp, toolChoiceWord } from '../labWords.ts';

function select<T extends string>(
	label: string,
	value: T,
	options: readonly { value: T; label: string; title?: string }[],
	change: (value: T) => void,
): TemplateResult {
	const title = options.find((option) => option.value === value)?.title ?? label;
	return html`<label class="choice" title=${title}>
		<span>${label}</span>
		<span class="select-box">
			<select class="select" @change=${(event: Event) => change((event.target as HTMLSelectElement).value as T)}>
				${options.map(
					(option) =>
						html`<option value=${option.value} ?selected=${option.value === value}>
							${option.label}
						</option>`,
				)}
			</select>
		</span>
	</label>`;
}

/** Up to this many requests are started without a question. */
const unasked = 50;

/** Starts "Regenerate all" with the prompts that are on the screen. */
async function regenerateAll(page: LabShown): Promise<void> {
	await page.settleEdits();
	await page.call('panel', 'regenerateAll', {});
}

async function scoreAll(page: LabShown): Promise<void> {
	await page.settleEdits();
	await page.call('panel', 'score', {});
}

function mainAction(page: LabShown): TemplateResult | typeof nothing {
	const { state, format } = page;
	const running = state.takes.some(isRunning) || state.scores.some(({ status }) => status === 'streaming');
	if (running) {
		return actionButton({
			icon: 'debug-stop',
			label: l10n.t('Stop all'),
			click: () => void page.call('panel', 'stop', {}),
		});
	}
	if (state.fixture.type === 'assessment') {
		const count = state.fixture.sections.reduce((sum, { items }) => sum + (items?.length ?? 0), 0);
		return actionButton({
			icon: 'checklist',
			label: l10n.t('Score all {0}', format.number(count)),
			disabled: count === 0,
			click: () => void scoreAll(page),
		});
	}
	if (page.intent.view === 'matrix') {
		return nothing;
	}
	const count = Object.keys(state.chosen).length;
	const label = l10n.t('Regenerate all {0}', format.number(count));
	const key = 'regenerate-all';
	if (count > unasked && page.intent.unfolded.includes(key)) {
		const text = l10n.t('This sends at least {0} requests, ten at a time.', format.number(count));
		return question(page, key, text, label, () => void regenerateAll(page));
	}
	return actionButton({
		icon: 'run-all',
		label,
		disabled: count === 0,
		click: () => (count > unasked ? page.toggle(key) : void regenerateAll(page)),
	});
}

function viewTabs(page: LabShown): TemplateResult | typeof nothing {
	if (page.state.fixture.type === 'assessment') {
		return nothing;
	}
	return html`<div class="tabs" role="tablist">
		${(['conversations', 'matrix'] as const).map(
			(view) =>
				html`<button
					role="tab"
					aria-selected=${page.intent.view === view}
					@click=${() => page.setIntent({ view, comparing: null })}
				>
					${view === 'matrix' ? l10n.t('Matrix') : l10n.t('Conversations')}
				</button>`,
		)}
	</div>`;
}

export function toolbar(page: LabShown): TemplateResult {
	const { state, intent } = page;
	const { settings, fixture } = state;
	const assessment = fixture.type === 'assessment';
	// The matrix has thinking levels of its own and regenerates single turns.
	const inMatrix = !assessment && intent.view === 'matrix' && intent.comparing === null;
	const levels = thinkingLevels.map((value) => ({ value, label: levelWord(value) }));
	const kinds = labReplays.map((value) => ({
		value,
		label: replayWord(value),
		title: replayHelp(value),
	}));
	return html`<header class="toolbar">
		<h1 title=${visibleText(fixture.description)}>${visibleText(fixture.name)}</h1>
		${viewTabs(page)}
		<span
			class="badge"
			title=${l10n.t('Regenerations are kept in this panel and in a file of the extension, so they survive a reload. Drafts, chats and results are not touched.')}
		>
			<span class="codicon codicon-shield" aria-hidden="true"></span> ${l10n.t('Writes nothing to the database')}
		</span>
		<div class="toolbar-choices">
			<button
				class="choice-button"
				title=${l10n.t('Choose model')}
				@click=${() => void page.call('panel', 'chooseModel', {})}
			>
				<span>${l10n.t('Model')}</span> ${visibleText(settings.model ?? l10n.t('Choose model'))}
				<span class="codicon codicon-chevron-down" aria-hidden="true"></span>
			</button>
			${
				inMatrix
					? nothing
					: select<ThinkingLevel>(l10n.t('Thinking'), settings.thinking, levels, (thinking) => {
							void page.call('panel', 'configure', { thinking });
						})
			}
			${
				assessment || inMatrix
					? nothing
					: select<LabReplay>(l10n.t('Replay'), settings.replay, kinds, (replay) => {
							void page.call('panel', 'configure', { replay });
						})
			}
			${
				!assessment && callsTools(page)
					? select<LabToolChoice>(l10n.t('Tools'), settings.tools ?? 'none', toolChoices(), (tools) => {
							void page.call('panel', 'configure', { tools });
						})
					: nothing
			}
			${mainAction(page)} ${startOver(page)}
		</div>
	</header>`;
}

/** Whether tools were called in any conversation of the fixture. */
function callsTools({ state }: LabShown): boolean {
	return state.fixture.sections.some(({ conversations }) => conversations.some(({ tools }) => tools));
}

function toolChoices() {
	return labToolChoices.map((value) => ({ value, label: toolChoiceWord(value), title: toolChoiceHelp(value) }));
}

function startOver(page: LabShown): TemplateResult | typeof nothing {
	const { state, intent } = page;
	const edited =
		state.edits.base !== undefined ||
		Object.values(state.edits.sections).some((edit) => Object.keys(edit).length > 0);
	if (!edited && state.takes.length === 0 && state.scores.length === 0) {
		return nothing;
	}
	const key = 'start-over';
	return intent.unfolded.includes(key)
		? question(
				page,
				key,
				l10n.t('Discard all edits and regenerations of this fixture?'),
				l10n.t('Start over'),
				() => {
					void page.call('panel', 'startOver', {});
				},
			)
		: html`<button class="text-button" @click=${() => page.toggle(key)}>${l10n.t('Start over')}</button>`;
}

/** Asks in place of a button; open while the key is unfolded. */
function question(page: LabShown, key: string, text: string, label: string, agree: () => void): TemplateResult {
	return html`<span class="question" role="alertdialog" aria-label=${text}>
		${text}
		<button
			class="text-button"
			@click=${() => {
				page.toggle(key);
				agree();
			}}
		>
			${label}
		</button>
		<button class="icon-button" aria-label=${l10n.t('Dismiss')} @click=${() => page.toggle(key)}>
			<span class="codicon codicon-close" aria-hidden="true"></span>
		</button>
	</span>`;
}

/** How the takes of a group stand: complete, running, failed; failures by name. */
export function progressLine(page: LabShown, takes: readonly LabTake[]): TemplateResult {
	const { format } = page;
	const failed = takes.filter(({ steps }) => steps.some(({ status }) => status === 'failed'));
	const running = takes.filter(isRunning).length;
	const complete = takes.filter((take) => take.steps.every(({ status }) => status === 'complete')).length;
	const parts = [l10n.t('{0} of {1} complete', format.number(complete), format.number(takes.length))];
	if (running > 0) {
		parts.push(l10n.t('{0} running', format.number(running)));
	}
	if (failed.length > 0) {
		parts.push(l10n.t('{0} failed', format.number(failed.length)));
	}
	for (const status of turnEnds.filter((end) => end !== 'complete' && end !== 'failed')) {
		const count = takes.filter(({ steps }) => steps.some((step) => step.status === status)).length;
		if (count > 0) {
			parts.push(`${format.number(count)} ${statusWord(status)}`);
		}
	}
	return html`<p class="progress" role="status">${parts.join(' · ')}</p>`;
}

export function columnLabel(page: LabShown, column: string): string {
	const [section, conversation] = column.split('/').map(Number);
	const part = page.state.fixture.sections[section ?? -1];
	return visibleText(`${part?.name ?? ''} · ${part?.conversations[conversation ?? -1]?.label ?? ''}`);
}

/** The summary of the last "Regenerate all", with each error and where it happened. */
export function batchSummary(page: LabShown): TemplateResult | typeof nothing {
	const { state } = page;
	const takes = state.takes.filter(({ id }) => state.batch?.takes.includes(id));
	if (takes.length === 0) {
		return nothing;
	}
	const errors = takes.flatMap((take) =>
		take.steps.flatMap(({ turn }) => (turn.error ? [{ take, message: turn.error.message }] : [])),
	);
	return html`<section class="batch">
		${progressLine(page, takes)} ${errorAt(page, 'batch')}
		${
			errors.length > 0
				? html`<ul>
						${errors.map(({ take, message }) => html`<li><b>${columnLabel(page, take.column)}</b>: ${visibleText(message)}</li>`)}
					</ul>`
				: nothing
		}
	</section>`;
}
