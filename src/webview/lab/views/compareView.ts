import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { LabStep, LabTake } from '../../../common/labState.ts';
import { recordedTurn } from '../../../common/recordedTurn.ts';
import { comparedText } from '../../shared/comparedText.ts';
import type { ComparedText } from '../../shared/comparedTexts.ts';
import { comparisonView, type ComparisonRow } from '../../shared/comparisonView.ts';
import { figureList } from '../../shared/figureList.ts';
import { figureTexts, firstKnown, turnFigures, type Figures } from '../../shared/figures.ts';
import type { LabShown } from '../shown.ts';
import { errorAt } from './errorAt.ts';
import { isMissing, recordedAt, saidText, takeFacts, takesOf } from './columnView.ts';
import { stepFigures, stepWords } from './stepView.ts';
import { columnLabel } from './toolbar.ts';

/** One conversation: the recorded answer and every regeneration side by side. */
export function compareView(page: LabShown, column: string): TemplateResult {
	const { format, intent, state } = page;
	const takes = takesOf(page, column);
	const replaced = [...new Set(takes.flatMap(({ steps }) => steps.flatMap(({ replaces }) => replaces ?? [])))];
	const chosen = state.chosen[column];
	const turns = replaced.length === 0 && chosen !== undefined ? [chosen] : replaced.sort((a, b) => a - b);
	const labels = takes.map((_take, index) =>
		l10n.t('new {0} of {1}', format.number(index + 1), format.number(takes.length)),
	);
	const place = `compare/${column}`;
	return comparisonView({
		title: columnLabel(page, column),
		back: { label: l10n.t('Back to all conversations'), run: () => page.setIntent({ comparing: null }) },
		sides: [
			{ label: l10n.t('recorded'), figures: [] },
			...takes.map((take, index) => ({ label: labels[index] ?? '', about: takeFacts(page, take), figures: [] })),
		],
		rows: [
			...turns.map((turn) => turnRow(page, column, turn, takes, labels)),
			...takes.flatMap((take) => followUpRows(page, take, takes, labels)),
		],
		notice: errorAt(page, place),
		openLink: (url) => void page.call(place, 'openLink', { url }),
		copy: (text) => void page.call(place, 'copy', { text }),
		show: intent.compare,
		change: (compare) => page.setIntent({ compare }),
	});
}

/** The recorded answer of a turn, and what took its place in each regeneration. */
function turnRow(
	page: LabShown,
	column: string,
	turn: number,
	takes: readonly LabTake[],
	labels: readonly string[],
): ComparisonRow {
	const { format, intent } = page;
	const message = recordedAt(page, column, turn);
	const recorded = message && recordedTurn(message);
	const base = recorded && turnFigures(recorded);
	const before = turn > 0 ? recordedAt(page, column, turn - 1) : undefined;
	const steps = takes.map((take) => ({ take, index: take.steps.findIndex(({ replaces }) => replaces === turn) }));
	const first = takes[0]?.steps.find(({ replaces }) => replaces === turn);
	return {
		key: String(turn),
		question: [l10n.t('turn {0}', format.number(turn + 1)), ...(before ? [saidText(before)] : [])].join(' · '),
		texts: [
			{
				...comparedText(recorded, l10n.t('recorded'), intent.compare, format),
				...(isMissing(page, column, turn) && { empty: l10n.t('No answer was recorded here.') }),
				...(base && { below: figureList(figureTexts(base, undefined, format)) }),
			},
			...steps.map(({ take, index }, side) => stepText(page, take.steps[index], labels[side] ?? '', base, first)),
		],
	};
}

/** The follow-ups of a regeneration, which the others do not have. */
function followUpRows(
	page: LabShown,
	take: LabTake,
	takes: readonly LabTake[],
	labels: readonly string[],
): ComparisonRow[] {
	return take.steps.flatMap((step, index) =>
		step.question === undefined
			? []
			: [
					{
						key: `${take.id}/${index}`,
						question: step.question,
						texts: [
							{ label: l10n.t('recorded'), text: '' },
							...takes.map((other, side) =>
								stepText(page, other === take ? step : undefined, labels[side] ?? ''),
							),
						],
					},
				],
	);
}

function stepText(
	page: LabShown,
	step: LabStep | undefined,
	label: string,
	base?: Figures,
	first?: LabStep,
): ComparedText {
	if (!step) {
		return { label, text: '' };
	}
	const { format, intent } = page;
	const live = step.status === 'streaming' || step.status === 'waiting';
	const others = [base, first && first !== step ? stepFigures(first) : undefined];
	const figures = figureTexts(stepFigures(step), firstKnown(others), format);
	return {
		...comparedText(step.turn, label, intent.compare, format, live),
		below: html`<p class="facts">${stepWords(page, step)}</p>
			${figureList(figures)}`,
	};
}
