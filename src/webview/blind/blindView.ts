import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../common/visibleText.ts';
import { errorNote } from '../shared/errorNote.ts';
import type { BlindShown } from './shown.ts';

/** Two answers side by side and the ways to rate them, or what the ratings have come to. */
export function blindView(page: BlindShown): TemplateResult {
	const { state } = page;
	const error = page.errors.get('panel');
	return html`<main class="blind">
		<header class="blind-header">
			<h1>${visibleText(state.name)}</h1>
			<p class="muted">
				${l10n.t('{0} of {1} pairs rated', page.format.number(state.rated), page.format.number(state.pairs))}
			</p>
			${error ? errorNote(error, { retry: error.retry, dismiss: () => page.dismissError('panel') }) : nothing}
		</header>
		${state.pair ? pairView(page, state.pair) : endView(page)}
		<footer class="blind-footer">
			<p class="running" role="status">${runningText(page)}</p>
			<div class="row">
				<button class="button secondary" ?disabled=${!state.canUndo} @click=${() => void page.undo()}>
					${l10n.t('Undo')} <kbd>U</kbd>
				</button>
				${
					state.sides === null && state.rated > 0
						? html`<button class="button secondary" @click=${() => void page.reveal()}>
								${l10n.t('Finish and show the sides')}
							</button>`
						: nothing
				}
			</div>
		</footer>
	</main>`;
}

function pairView(page: BlindShown, pair: NonNullable<BlindShown['state']['pair']>): TemplateResult {
	return html`<section class="pair" tabindex="-1" aria-label=${l10n.t('Which answer is better?')}>
		<h2>${l10n.t('Which answer is better?')}</h2>
		<p class="question">${visibleText(pair.query === '' ? pair.name : pair.query)}</p>
		<div class="sides">${sideView(l10n.t('Left'), pair.left)}${sideView(l10n.t('Right'), pair.right)}</div>
		<div class="choices">
			<button class="button" @click=${() => void page.rate('left')}>
				${l10n.t('Left is better')} <kbd>J</kbd>
			</button>
			<button class="button secondary" @click=${() => void page.rate('tie')}>
				${l10n.t('No difference')} <kbd>${l10n.t('Space')}</kbd>
			</button>
			<button class="button" @click=${() => void page.rate('right')}>
				${l10n.t('Right is better')} <kbd>K</kbd>
			</button>
		</div>
	</section>`;
}

function sideView(label: string, text: string): TemplateResult {
	return html`<article class="side">
		<h3>${label}</h3>
		<div class="side-text" role="region" tabindex="0" aria-label=${label}>${visibleText(text)}</div>
	</article>`;
}

function endView({ state }: BlindShown): TemplateResult {
	const { sides } = state;
	return html`<section class="finding" tabindex="-1" aria-label=${l10n.t('Result')}>
		<h2>${sides ? l10n.t('The sides') : l10n.t('All pairs are rated')}</h2>
		${
			sides
				? html`<dl>
						<dt>A</dt>
						<dd>${visibleText(sides.a)}</dd>
						<dt>B</dt>
						<dd>${visibleText(sides.b)}</dd>
					</dl>`
				: nothing
		}
		<p>
			${l10n.t('The ratings are stored with the run. Its comparison names them beside what the graders found.')}
		</p>
	</section>`;
}

function runningText({ state }: BlindShown): string {
	const { preference } = state;
	return preference
		? l10n.t('{0}. The interval is valid after every rating.', preference.sentence)
		: l10n.t('Nothing is rated yet. The sides are hidden, and changed over at random.');
}
