import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { draftStatusLabel } from '../../../common/draftStatusLabel.ts';
import { draftStatuses, promptKinds, type DraftStatus, type PromptKind } from '../../../common/model.ts';
import { promptKindDetail, promptKindLabel } from '../../../common/promptKindLabel.ts';
import type { WorkshopAction } from '../../../common/workshopProtocol.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { WorkshopShown } from '../shown.ts';
import { afterPress } from '../../shared/afterPress.ts';
import { placedError } from './placedError.ts';

/** Milliseconds after the last keystroke until a name or description is saved. */
const saveDelay = 2000;

let saveTimer: ReturnType<typeof setTimeout> | undefined;

export function headerView(page: WorkshopShown): TemplateResult {
	const { state } = page;
	const { draft } = state;
	const origin =
		draft.committedAs !== null
			? l10n.t('In the library as {0}', draft.committedAs)
			: draft.parentPromptName !== null
				? l10n.t('From {0}', draft.parentPromptName)
				: undefined;
	return html`<header class="header">
		<div class="header-row">
			<div class="header-name">${editable(page, 'name')}</div>
			<div class="header-menus">${kindMenu(page)}${statusMenu(page)}</div>
		</div>
		<div class="header-row">
			<div class="header-description">${editable(page, 'description')}</div>
			<div class="header-actions">
				${origin === undefined ? nothing : html`<span class="muted origin">${visibleText(origin)}</span>`}
				${actionButton(page, 'openDraft', 'go-to-file', l10n.t('Open the text'))}
				${actionButton(page, 'showVersions', 'history', l10n.t('Versions'))}
				${actionButton(page, 'reset', 'discard', l10n.t('Reset…'))}
				${actionButton(page, 'deleteDraft', 'trash', l10n.t('Delete draft…'))}
			</div>
		</div>
		${placedError(page, 'status')}
	</header>`;
}

function actionButton(page: WorkshopShown, action: WorkshopAction, icon: string, label: string): TemplateResult {
	return html`<button
		class="icon-button"
		title=${label}
		aria-label=${label}
		@click=${() => page.call('status', 'action', { action })}
	>
		<span class="codicon codicon-${icon}" aria-hidden="true"></span>
	</button>`;
}

interface Menu<Value extends string> {
	label: string;
	current: () => Value;
	values: readonly Value[];
	text: (value: Value) => string;
	title?: string;
	patch: (value: Value) => { status?: DraftStatus; kind?: PromptKind };
}

/** A menu of one of the draft's fields; if a choice cannot be stored, it goes back to the stored one. */
function menu<Value extends string>(page: WorkshopShown, options: Menu<Value>): TemplateResult {
	const { label, current, values, text, title, patch } = options;
	const stored = current();
	const choose = (event: Event) => {
		const field = event.target as HTMLSelectElement;
		const chosen = values.find((one) => one === field.value);
		if (chosen && chosen !== current()) {
			void page.call('status', 'update', patch(chosen)).then((answer) => {
				if (!answer) {
					field.value = current();
				}
			});
		}
	};
	return html`<label title=${title ?? nothing}>
		<span class="visually-hidden">${label}</span>
		<span class="select-box">
			<select class="select" .value=${stored} @change=${choose}>
				${values.map((one) => html`<option value=${one} .selected=${one === stored}>${text(one)}</option>`)}
			</select>
		</span>
	</label>`;
}

function kindMenu(page: WorkshopShown): TemplateResult {
	return menu(page, {
		label: l10n.t('Kind'),
		current: () => page.state.draft.kind,
		values: promptKinds,
		text: promptKindLabel,
		title: promptKindDetail(page.state.draft.kind),
		patch: (kind) => ({ kind }),
	});
}

function statusMenu(page: WorkshopShown): TemplateResult {
	const { status } = page.state.draft;
	return menu(page, {
		label: l10n.t('Status'),
		current: () => page.state.draft.status,
		values: draftStatuses.filter((one) => one !== 'committed' || status === 'committed'),
		text: draftStatusLabel,
		patch: (chosen) => ({ status: chosen }),
	});
}

/** A text with a button that turns it into a field. The field is saved after a pause, when it loses the focus, and on Enter. */
function editable(page: WorkshopShown, key: 'name' | 'description'): TemplateResult {
	const { intent, state, errors } = page;
	const saved = state.draft[key];
	const typed = intent[key];
	const error = errors.get(key);
	const label = key === 'name' ? l10n.t('Draft name') : l10n.t('Description');
	if (typed === null) {
		const edit = key === 'name' ? l10n.t('Edit the draft name') : l10n.t('Edit the description');
		const text = saved ?? (key === 'name' ? l10n.t('Untitled draft') : l10n.t('Add a description'));
		const start = () => {
			page.setIntent({ [key]: saved ?? '' });
			page.focus(`input[name=${key}]`);
		};
		return html`${
				key === 'name'
					? html`<h1 class=${saved === null ? 'muted' : ''}>${visibleText(text)}</h1>`
					: html`<p class="muted">${visibleText(text)}</p>`
			}
			<button class="icon-button edit-${key}" title=${edit} aria-label=${edit} @click=${start}>
				<span class="codicon codicon-edit" aria-hidden="true"></span>
			</button>`;
	}
	const close = () => {
		page.setIntent({ [key]: null });
		if (document.activeElement?.matches(`input[name=${key}]`)) {
			page.focus(`.edit-${key}`);
		}
	};
	const leave = () => {
		clearTimeout(saveTimer);
		void save(page, key).then((done) => {
			if (done) {
				close();
			}
		});
	};
	const onInput = (event: Event) => {
		page.setIntent({ [key]: (event.target as HTMLInputElement).value });
		clearTimeout(saveTimer);
		saveTimer = setTimeout(() => void save(page, key), saveDelay);
	};
	const onKey = (event: KeyboardEvent) => {
		if (event.key === 'Enter') {
			leave();
		} else if (event.key === 'Escape') {
			clearTimeout(saveTimer);
			page.dismissError(key);
			close();
		}
	};
	return html`<div class="field">
		<input
			class="input input-${key}"
			name=${key}
			aria-label=${label}
			aria-invalid=${error ? 'true' : 'false'}
			aria-describedby=${error ? `error-${key}` : nothing}
			.value=${typed}
			@input=${onInput}
			@keydown=${onKey}
			@blur=${() => afterPress(leave)}
		/>
		${error ? html`<p class="field-error" id="error-${key}" role="alert">${visibleText(error.message)}</p>` : nothing}
	</div>`;
}

/** Saves a field; returns whether its current text is saved. */
async function save(page: WorkshopShown, key: 'name' | 'description'): Promise<boolean> {
	const typed = page.intent[key];
	if (typed === null || typed === (page.state.draft[key] ?? '')) {
		page.dismissError(key);
		return true;
	}
	const patch = key === 'name' ? { draftName: typed } : { draftDescription: typed };
	return (await page.call(key, 'update', patch)) !== undefined && page.intent[key] === typed;
}
