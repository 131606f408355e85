import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ImportedKind, ImportItem, ImportPlan, ImportProtocol } from '../../common/importPlan.ts';
import type { ReportEntry } from '../../common/reportEntry.ts';
import { visibleText } from '../../common/visibleText.ts';
import { errorNote } from '../shared/errorNote.ts';
import type { KeptIntent, Shown } from '../shared/page.ts';

export interface ImportIntent extends KeptIntent {
	/** Ids of items that are not chosen. */
	left: string[];
	/** Positions of files whose report is open. */
	opened: number[];
	/** Whether the draft is linked to its file. */
	link: boolean;
}

type ImportShown = Shown<ImportProtocol, ImportPlan, ImportIntent, string, 'store' | 'cancel' | 'openLine'>;
type File = ImportPlan['files'][number];

/** Errors of the buttons at the end of the page. */
const storePlace = 'store';

export function importView(page: ImportShown): TemplateResult {
	const { source, files } = page.state;
	const items = files.flatMap((file) => file.items);
	const left = new Set(page.intent.left);
	const chosen = items.filter(({ id }) => !left.has(id));
	return html`<main>
		<header>
			<h1>${l10n.t('Import from {0}', visibleText(source))}</h1>
			<p class="muted">
				${l10n.t('Nothing is stored yet. Choose what to import; no code of a file is run.')}
				${folderNote(page.state)}
			</p>
			${files.length > 1 || items.length > 2 ? everything(page, items, chosen.length) : nothing}
		</header>
		${files.map((file, index) => fileSection(page, file, index, left))}
		<footer>
			${linkChoice(page, chosen)} ${errorOf(page)}
			<button
				class="button import-button"
				?disabled=${chosen.length === 0 || page.busy.has(storePlace)}
				@click=${() => void page.call(storePlace, 'store', { chosen: chosen.map(({ id }) => id), link: page.intent.link })}
			>
				${l10n.t('Import {0}', counted(chosen))}
			</button>
			<button
				class="button secondary"
				?disabled=${page.busy.has(storePlace)}
				@click=${() => void page.call(storePlace, 'cancel', null)}
			>
				${l10n.t('Cancel')}
			</button>
		</footer>
	</main>`;
}

function folderNote({ files, folder }: ImportPlan): string {
	const writes = files.some(({ items }) => {
		const kinds = new Set(items.map(({ kind }) => kind));
		return kinds.has('fixture') || (kinds.has('suite') && !kinds.has('draft'));
	});
	return folder !== '' && writes
		? l10n.t('Fixtures, and suites without a draft, become files in {0}.', visibleText(folder))
		: '';
}

/** Offered for a file with one prompt. */
function linkChoice(page: ImportShown, chosen: readonly ImportItem[]): TemplateResult | typeof nothing {
	const { link } = page.intent;
	return page.state.link === null || !chosen.some(({ kind }) => kind === 'draft')
		? nothing
		: html`<label class="choice link">
				<input type="checkbox" .checked=${link} @change=${() => page.setIntent({ link: !link })} />
				<span>
					${l10n.t('Keep the draft linked to the file: a commit writes its text there, and changes of the file are offered')}
				</span>
			</label>`;
}

function everything(page: ImportShown, items: readonly ImportItem[], chosen: number): TemplateResult {
	return html`<label class="choice">
		<input
			type="checkbox"
			.checked=${chosen === items.length}
			.indeterminate=${chosen > 0 && chosen < items.length}
			@change=${() => page.setIntent({ left: chosen === items.length ? items.map(({ id }) => id) : [] })}
		/>
		<span>${l10n.t('Everything: {0}', counted(items))}</span>
	</label>`;
}

function fileSection(page: ImportShown, file: File, index: number, left: ReadonlySet<string>): TemplateResult {
	const { path, format, items, problem } = file;
	return html`<section aria-label=${visibleText(path)}>
		<h2>
			${visibleText(path)}
			${format === '' ? nothing : html`<span class="muted format">${visibleText(format)}</span>`}
		</h2>
		${
			problem === undefined
				? nothing
				: html`<p class="problem">
						<span class="codicon codicon-circle-slash" aria-hidden="true"></span>
						${l10n.t('Not imported: {0}', visibleText(problem))}
					</p>`
		}
		<ul class="items">
			${items.map((item) => html`<li>${itemRow(page, item, !left.has(item.id))}</li>`)}
		</ul>
		${report(page, file, index)}
	</section>`;
}

function itemRow(page: ImportShown, { id, kind, name, facts, preview }: ImportItem, isChosen: boolean): TemplateResult {
	const { left } = page.intent;
	const toggle = () => page.setIntent({ left: isChosen ? [...left, id] : left.filter((one) => one !== id) });
	return html`<label class="choice">
			<input type="checkbox" .checked=${isChosen} @change=${toggle} />
			<span>
				<span class="codicon codicon-${kindIcon(kind)}" aria-hidden="true"></span>
				<span class="kind">${kindWord(kind)}</span> <strong>${visibleText(name)}</strong>
				<span class="muted">${facts.map(visibleText).join(' · ')}</span>
			</span>
		</label>
		${
			preview === ''
				? nothing
				: html`<details class="preview">
						<summary>${l10n.t('Text')}</summary>
						<pre tabindex="0" aria-label=${l10n.t('Text of {0}', visibleText(name))}>
${visibleText(preview)}</pre>
					</details>`
		}`;
}

/** What the file loses or keeps elsewhere. The lines of a report that is closed are not drawn. */
function report(
	page: ImportShown,
	{ report: entries, hasLines }: File,
	index: number,
): TemplateResult | typeof nothing {
	if (entries.length === 0) {
		return nothing;
	}
	const { opened } = page.intent;
	const isOpen = opened.includes(index);
	const lost = entries.filter(({ outcome }) => outcome === 'dropped').length;
	const toggle = () =>
		page.setIntent({ opened: isOpen ? opened.filter((one) => one !== index) : [...opened, index] });
	return html`<div class="report">
		<button class="text-button" aria-expanded=${isOpen} @click=${toggle}>
			<span class="codicon codicon-chevron-${isOpen ? 'down' : 'right'}" aria-hidden="true"></span>
			${l10n.t('What is changed or lost: {0} lines, {1} dropped', entries.length, lost)}
		</button>
		${
			isOpen
				? html`<table>
						<thead>
							<tr>
								<th scope="col">${l10n.t('Line')}</th>
								<th scope="col">${l10n.t('What')}</th>
								<th scope="col">${l10n.t('Outcome')}</th>
								<th scope="col">${l10n.t('Why')}</th>
							</tr>
						</thead>
						<tbody>
							${entries.map((entry) => reportRow(page, entry, index, hasLines))}
						</tbody>
					</table>`
				: nothing
		}
	</div>`;
}

function reportRow(
	page: ImportShown,
	{ line, what, outcome, note }: ReportEntry,
	file: number,
	hasLines: boolean,
): TemplateResult {
	const shown = line !== undefined && page.format.number(line);
	const link = () =>
		html`<button
			class="text-button"
			aria-label=${l10n.t('Show line {0}', shown || '')}
			@click=${() => void page.call(storePlace, 'openLine', { file, line: line ?? 1 })}
		>
			${shown}
		</button>`;
	return html`<tr class="outcome-${outcome}">
		<td class="line">${shown === false ? nothing : hasLines ? link() : shown}</td>
		<td><code>${visibleText(what)}</code></td>
		<td class="outcome">${outcomeWord(outcome)}</td>
		<td>${visibleText(note)}</td>
	</tr>`;
}

function errorOf(page: ImportShown): TemplateResult | typeof nothing {
	const error = page.errors.get(storePlace);
	return error ? errorNote(error, { dismiss: () => page.dismissError(storePlace) }) : nothing;
}

function counted(items: readonly ImportItem[]): string {
	const count = (kind: ImportedKind) => items.filter((item) => item.kind === kind).length;
	const [drafts, suites, fixtures, runs] = [count('draft'), count('suite'), count('fixture'), count('run')];
	const parts = [
		...(drafts > 0 ? [drafts === 1 ? l10n.t('1 draft') : l10n.t('{0} drafts', drafts)] : []),
		...(suites > 0 ? [suites === 1 ? l10n.t('1 suite') : l10n.t('{0} suites', suites)] : []),
		...(fixtures > 0 ? [fixtures === 1 ? l10n.t('1 fixture') : l10n.t('{0} fixtures', fixtures)] : []),
		...(runs > 0 ? [runs === 1 ? l10n.t('1 run') : l10n.t('{0} runs', runs)] : []),
	];
	return parts.length === 0 ? l10n.t('nothing') : parts.join(', ');
}

function kindWord(kind: ImportedKind): string {
	const words = { draft: l10n.t('Draft'), suite: l10n.t('Suite'), fixture: l10n.t('Fixture'), run: l10n.t('Run') };
	return words[kind];
}

function kindIcon(kind: ImportedKind): string {
	return { draft: 'edit', suite: 'checklist', fixture: 'comment-discussion', run: 'graph' }[kind];
}

function outcomeWord(outcome: ReportEntry['outcome']): string {
	const words = { kept: l10n.t('kept'), changed: l10n.t('changed'), dropped: l10n.t('dropped') };
	return words[outcome];
}
