import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { TestResult } from '../../../common/model.ts';
import type { Place, WorkshopShown } from '../shown.ts';
import { afterPress } from '../../shared/afterPress.ts';
import { placedError } from './placedError.ts';

/** Milliseconds after the last keystroke until notes are stored. */
const saveDelay = 600;
const timers = new Map<string, ReturnType<typeof setTimeout>>();
/** Ratings that are being stored, by test id: the next arrow key counts from them. */
const pending = new Map<string, number | null>();

/** Stars and notes, which are stored without a button. */
export function ratingView(page: WorkshopShown, result: TestResult): TemplateResult {
	const { intent, state } = page;
	const { testId } = result;
	const place: Place = `rate:${testId}`;
	const typed = intent.notes[testId];
	const maximum = state.snapshot.limits.notes;
	const onInput = (event: Event) => {
		page.setIntent({ notes: { ...page.intent.notes, [testId]: (event.target as HTMLTextAreaElement).value } });
		clearTimeout(timers.get(testId));
		timers.set(
			testId,
			setTimeout(() => void saveNotes(page, result), saveDelay),
		);
	};
	return html`<div class="rating-row">
		${starsView(page, result)}
		<textarea
			class="input textarea notes"
			rows="1"
			maxlength=${maximum}
			aria-label=${l10n.t('Notes')}
			placeholder=${l10n.t('What was good, what was missing')}
			.value=${typed ?? result.notes ?? ''}
			@input=${onInput}
			@blur=${() => afterPress(() => void saveNotes(page, result))}
		></textarea>
		<span class="muted saved" role="status">
			${typed === undefined && result.notes !== null && !page.busy.has(place) ? l10n.t('Saved') : nothing}
		</span>
		${placedError(page, place)}
	</div>`;
}

async function saveNotes(page: WorkshopShown, result: TestResult): Promise<void> {
	const { testId } = result;
	clearTimeout(timers.get(testId));
	timers.delete(testId);
	const typed = page.intent.notes[testId];
	if (typed === undefined) {
		return;
	}
	const stored = await page.call(`rate:${testId}`, 'rate', { testId, notes: typed === '' ? null : typed });
	if (stored && page.intent.notes[testId] === typed) {
		const { [testId]: _saved, ...others } = page.intent.notes;
		page.noteStored(testId, { notes: typed === '' ? null : typed });
		page.setIntent({ notes: others });
	}
}

/** A radio group of five stars: arrow keys move and store; Delete or a second click on the same star removes the rating. */
function starsView(page: WorkshopShown, { testId, userRating }: TestResult): TemplateResult {
	const rate = async (userRating: number | null) => {
		pending.set(testId, userRating);
		const stored = await page.call(`rate:${testId}`, 'rate', { testId, userRating });
		if (pending.get(testId) === userRating) {
			pending.delete(testId);
		}
		if (stored) {
			page.noteStored(testId, { userRating });
		}
	};
	const onKey = (event: KeyboardEvent) => {
		const now = pending.get(testId) ?? page.state.details.get(testId)?.result.userRating ?? 0;
		const next = { ArrowRight: now + 1, ArrowUp: now + 1, ArrowLeft: now - 1, ArrowDown: now - 1 }[event.key];
		if (next !== undefined && event.currentTarget instanceof HTMLElement) {
			event.preventDefault();
			const stars = Math.min(5, Math.max(1, next));
			event.currentTarget.querySelector<HTMLElement>(`[data-stars="${stars}"]`)?.focus();
			void rate(stars);
		} else if (event.key === 'Delete' || event.key === 'Backspace') {
			event.preventDefault();
			void rate(null);
		}
	};
	return html`<div class="stars" role="radiogroup" aria-label=${l10n.t('Rating')} @keydown=${onKey}>
		${[1, 2, 3, 4, 5].map(
			(stars) =>
				html`<button
					class="star"
					role="radio"
					data-stars=${stars}
					aria-checked=${stars === userRating}
					aria-label=${l10n.t('{0} of 5 stars', stars)}
					title=${l10n.t('{0} of 5 stars', stars)}
					tabindex=${stars === (userRating ?? 1) ? 0 : -1}
					@click=${() => rate(stars === userRating ? null : stars)}
				>
					<span
						class="codicon codicon-star-${stars <= (userRating ?? 0) ? 'full' : 'empty'}"
						aria-hidden="true"
					></span>
				</button>`,
		)}
	</div>`;
}
