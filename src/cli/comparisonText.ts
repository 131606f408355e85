import * as l10n from '@vscode/l10n';
import type { ComparedCase, RatedVariant } from '../common/comparison.ts';
import { visibleLine } from '../common/visibleText.ts';
import { comparedCasesText } from '../statistics/comparedCasesText.ts';
import { variantCounts } from '../statistics/runCounts.ts';
import type { Comparisons } from '../suites/compare/compareRuns.ts';

/** Cases that are named in a line; a JSON report has all. */
const maxNames = 20;
const maxLine = 160;
const maxNote = 1_000;

/** Comparisons of two runs for people: of each the sentence first, then the numbers and cases behind it. */
export function comparisonText({ comparisons, leftOut }: Comparisons, names: { a: string; b: string }): string {
	const lines = comparisons.flatMap((one) => [
		one.sentence,
		`  A: ${side(names.a, one.a)}`,
		`  B: ${side(names.b, one.b)}`,
		`  ${comparedCasesText(one)}`,
		...one.notes.map((note) => `  ${visibleLine(note, maxNote)}`),
		...listed(l10n.t('Only B, or more often B'), one.improved),
		...listed(l10n.t('Only A, or more often A'), one.regressed),
	]);
	return `${[...lines, ...leftOutText(leftOut)].join('\n')}\n`;
}

/** Comparisons of the variants of one run, below their rates. */
export function variantComparisons({ comparisons }: Comparisons): string[] {
	return comparisons.flatMap(({ a, b, sentence, notes }) => [
		l10n.t('{0} (A), {1} (B): {2}', visibleLine(a.label, maxLine), visibleLine(b.label, maxLine), sentence),
		...notes.map((note) => `  ${visibleLine(note, maxNote)}`),
	]);
}

function side(name: string, rated: RatedVariant): string {
	const counts = variantCounts({ ...rated, isModel: true, failed: rated.of - rated.passed }, String);
	return `${visibleLine(`${name}, ${rated.label}`, maxLine)}: ${counts}`;
}

function listed(title: string, cases: readonly ComparedCase[]): string[] {
	if (cases.length === 0) {
		return [];
	}
	const names = cases.slice(0, maxNames).map(({ name }) => visibleLine(name, maxLine));
	const more = cases.length - names.length;
	return [`  ${title}: ${[...names, ...(more > 0 ? [l10n.t('… and {0} more', more)] : [])].join(', ')}`];
}

function leftOutText(labels: readonly string[]): string[] {
	return labels.length === 0
		? []
		: [l10n.t('Not compared, since there is no counterpart: {0}', visibleLine(labels.join(', '), maxNote))];
}
