import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShownTurn } from '../../../common/shownTurn.ts';
import type { ResultDetails } from '../../../common/workshopProtocol.ts';
import { questionText } from '../../../common/questionText.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { Place, WorkshopShown } from '../shown.ts';
import { comparedText } from '../../shared/comparedText.ts';
import { comparisonView, type ComparisonSide } from '../../shared/comparisonView.ts';
import { endMark } from '../../shared/endMark.ts';
import { figureTexts, turnFigures, type Figures } from '../../shared/figures.ts';
import { modelText } from '../../shared/turnEnding.ts';
import { placedError } from './placedError.ts';

/** A result next to an older one, instead of the usual content of the tab. */
export function compareView(page: WorkshopShown, testId: string): TemplateResult {
	const { state, intent } = page;
	const later = state.details.get(testId);
	const otherId = later?.previousId ?? undefined;
	const earlier = otherId === undefined ? undefined : state.details.get(otherId);
	const run = () => {
		page.setIntent({ comparing: false });
		page.focus('.compare-previous');
	};
	const back = { label: l10n.t('Back to the result'), run };
	const show = intent.compare;
	const turns = earlier?.turn && later?.turn ? ([earlier.turn, later.turn] as const) : undefined;
	const sides = earlier && later ? [side(page, earlier), side(page, later, earlier)] : [];
	const text = (turn: ShownTurn, index: number) =>
		comparedText(turn, index === 0 ? l10n.t('Earlier') : l10n.t('Later'), show, page.format);
	const notice =
		earlier && later
			? turns
				? nothing
				: html`<p class="note">
						${l10n.t('One of the full answers is not stored, so they cannot be compared.')}
					</p>`
			: html`<p class="muted">${l10n.t('Loading…')}</p>`;
	const place: Place = `actions:${testId}`;
	const places: Place[] = [
		place,
		`result:${testId}`,
		...(otherId === undefined ? [] : [`result:${otherId}` as const]),
	];
	return html`${places.map((one) => placedError(page, one))}
	${comparisonView({
		title: later ? questionText(later.result.query) : l10n.t('Differences'),
		back,
		sides,
		rows: turns ? [{ key: testId, texts: turns.map(text) }] : [],
		notice,
		openLink: (url) => void page.call(place, 'openLink', { url }),
		copy: (text) => void page.call(place, 'copy', { text }),
		show,
		change: (compare) => page.setIntent({ compare }),
	})}`;
}

/** When and by which model a result was made, and its figures compared with those of the older one. */
function side(page: WorkshopShown, details: ResultDetails, earlier?: ResultDetails): ComparisonSide {
	const { format } = page;
	const { result, version } = details;
	const about = [
		format.dateTime(result.timestamp),
		...(version === null ? [] : [l10n.t('Prompt version {0}', version)]),
		modelText(result.model, result.answeredModel),
		result.topic,
	];
	return {
		label: earlier ? l10n.t('Later') : l10n.t('Earlier'),
		about: html`${visibleText(about.join(' · '))}${result.status === 'complete' ? nothing : html` · ${endMark(result.status)}`}`,
		figures: figureTexts(resultFigures(details), earlier && resultFigures(earlier), format),
	};
}

function resultFigures({ result, turn }: ResultDetails): Figures {
	return {
		...(turn && turnFigures(turn)),
		articles: result.articleCount,
		milliseconds: result.executionTimeMs,
		firstTokenMs: result.timeToFirstTokenMs ?? undefined,
		characters: result.responseLength,
		inputTokens: result.usage?.inputTokens,
		outputTokens: result.usage?.outputTokens,
		costUsd: result.costUsd ?? undefined,
	};
}
