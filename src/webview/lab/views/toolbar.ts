import { html, nothing, type TemplateResult } from 'lit';
import { isRunning, labReplays, type LabReplay, type LabTake } from '../../../common/labState.ts';
import { thinkingLevels, type ThinkingLevel } from '../../../common/model.ts';
import { turnEnds } from '../../../common/turnEnd.ts';
import { visibleText } from '../../../common/visibleText.ts';
import { fill } from '../../shared/format.ts';
import type { LabApp } from '../app.ts';
import { actionButton } from './actionButton.ts';
import { errorAt } from './appView.ts';

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
async function regenerateAll(app: LabApp): Promise<void> {
	await app.settleEdits();
	await app.call('panel', 'regenerateAll', {});
}

async function scoreAll(app: LabApp): Promise<void> {
	await app.settleEdits();
	await app.call('panel', 'score', {});
}

function mainAction(app: LabApp): TemplateResult | typeof nothing {
	const { state, strings, format } = app;
	const running = state.takes.some(isRunning) || state.scores.some(({ status }) => status === 'streaming');
	if (running) {
		return actionButton({
			icon: 'debug-stop',
			label: strings.stopAll,
			click: () => void app.call('panel', 'stop', {}),
		});
	}
	if (state.fixture.type === 'assessment') {
		const count = state.fixture.sections.reduce((sum, { items }) => sum + (items?.length ?? 0), 0);
		return actionButton({
			icon: 'checklist',
			label: fill(strings.scoreAll, format.number(count)),
			disabled: count === 0,
			click: () => void scoreAll(app),
		});
	}
	if (app.intent.view === 'matrix') {
		return nothing;
	}
	const count = Object.keys(state.chosen).length;
	const label = fill(strings.regenerateAll, format.number(count));
	const key = 'regenerate-all';
	if (count > unasked && app.intent.unfolded.includes(key)) {
		const text = fill(strings.regenerateAllQuestion, format.number(count));
		return question(app, key, text, label, () => void regenerateAll(app));
	}
	return actionButton({
		icon: 'run-all',
		label,
		disabled: count === 0,
		click: () => (count > unasked ? app.toggle(key) : void regenerateAll(app)),
	});
}

function viewTabs(app: LabApp): TemplateResult | typeof nothing {
	if (app.state.fixture.type === 'assessment') {
		return nothing;
	}
	return html`<div class="tabs" role="tablist">
		${(['conversations', 'matrix'] as const).map(
			(view) =>
				html`<button
					role="tab"
					aria-selected=${app.intent.view === view}
					@click=${() => app.setIntent({ view, comparing: null })}
				>
					${app.strings[view]}
				</button>`,
		)}
	</div>`;
}

export function toolbar(app: LabApp): TemplateResult {
	const { state, strings, intent } = app;
	const { settings, fixture } = state;
	const assessment = fixture.type === 'assessment';
	// The matrix has thinking levels of its own and makes single turns anew.
	const inMatrix = !assessment && intent.view === 'matrix' && intent.comparing === null;
	const levels = thinkingLevels.map((value) => ({ value, label: strings.thinkingLevels[value] }));
	const kinds = labReplays.map((value) => ({
		value,
		label: strings.replayKinds[value],
		title: strings.replayTitles[value],
	}));
	return html`<header class="toolbar">
		<h1 title=${visibleText(fixture.description)}>${visibleText(fixture.name)}</h1>
		${viewTabs(app)}
		<span class="badge" title=${strings.badgeTitle}>
			<span class="codicon codicon-shield" aria-hidden="true"></span> ${strings.badge}
		</span>
		<div class="toolbar-choices">
			<button
				class="choice-button"
				title=${strings.chooseModel}
				@click=${() => void app.call('panel', 'chooseModel', {})}
			>
				<span>${strings.model}</span> ${visibleText(settings.model ?? strings.chooseModel)}
				<span class="codicon codicon-chevron-down" aria-hidden="true"></span>
			</button>
			${
				inMatrix
					? nothing
					: select<ThinkingLevel>(strings.thinking, settings.thinking, levels, (thinking) => {
							void app.call('panel', 'configure', { thinking });
						})
			}
			${
				assessment || inMatrix
					? nothing
					: select<LabReplay>(strings.replay, settings.replay, kinds, (replay) => {
							void app.call('panel', 'configure', { replay });
						})
			}
			${mainAction(app)} ${startOver(app)}
		</div>
	</header>`;
}

function startOver(app: LabApp): TemplateResult | typeof nothing {
	const { state, strings, intent } = app;
	const edited =
		state.edits.base !== undefined ||
		Object.values(state.edits.sections).some((edit) => Object.keys(edit).length > 0);
	if (!edited && state.takes.length === 0 && state.scores.length === 0) {
		return nothing;
	}
	const key = 'start-over';
	return intent.unfolded.includes(key)
		? question(app, key, strings.startOverQuestion, strings.startOver, () => {
				void app.call('panel', 'startOver', {});
			})
		: html`<button class="text-button" @click=${() => app.toggle(key)}>${strings.startOver}</button>`;
}

/** Asks in place of a button; open while the key is unfolded. */
function question(app: LabApp, key: string, text: string, label: string, agree: () => void): TemplateResult {
	return html`<span class="question" role="alertdialog" aria-label=${text}>
		${text}
		<button
			class="text-button"
			@click=${() => {
				app.toggle(key);
				agree();
			}}
		>
			${label}
		</button>
		<button class="icon-button" aria-label=${app.strings.turn.dismiss} @click=${() => app.toggle(key)}>
			<span class="codicon codicon-close" aria-hidden="true"></span>
		</button>
	</span>`;
}

/** How the takes of a group stand: complete, running, failed; failures by name. */
export function progressLine(app: LabApp, takes: readonly LabTake[]): TemplateResult {
	const { strings, format } = app;
	const failed = takes.filter(({ steps }) => steps.some(({ status }) => status === 'failed'));
	const running = takes.filter(isRunning).length;
	const complete = takes.filter((take) => take.steps.every(({ status }) => status === 'complete')).length;
	const parts = [fill(strings.summary, format.number(complete), format.number(takes.length))];
	if (running > 0) {
		parts.push(fill(strings.summaryRunning, format.number(running)));
	}
	if (failed.length > 0) {
		parts.push(fill(strings.summaryFailed, format.number(failed.length)));
	}
	for (const status of turnEnds.filter((end) => end !== 'complete' && end !== 'failed')) {
		const count = takes.filter(({ steps }) => steps.some((step) => step.status === status)).length;
		if (count > 0) {
			parts.push(`${format.number(count)} ${strings.statuses[status]}`);
		}
	}
	return html`<p class="progress" role="status">${parts.join(' · ')}</p>`;
}

export function columnLabel(app: LabApp, column: string): string {
	const [section, conversation] = column.split('/').map(Number);
	const part = app.state.fixture.sections[section ?? -1];
	return visibleText(`${part?.name ?? ''} · ${part?.conversations[conversation ?? -1]?.label ?? ''}`);
}

/** The summary of the last "Regenerate all", with each error and where it happened. */
export function batchSummary(app: LabApp): TemplateResult | typeof nothing {
	const { state } = app;
	const takes = state.takes.filter(({ id }) => state.batch?.takes.includes(id));
	if (takes.length === 0) {
		return nothing;
	}
	const errors = takes.flatMap((take) =>
		take.steps.flatMap(({ turn }) => (turn.error ? [{ take, message: turn.error.message }] : [])),
	);
	return html`<section class="batch">
		${progressLine(app, takes)} ${errorAt(app, 'batch')}
		${
			errors.length > 0
				? html`<ul>
						${errors.map(({ take, message }) => html`<li><b>${columnLabel(app, take.column)}</b>: ${visibleText(message)}</li>`)}
					</ul>`
				: nothing
		}
	</section>`;
}
