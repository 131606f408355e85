import * as l10n from '@vscode/l10n';
import type { ComparedCase, Comparison, RatedVariant } from '../../common/comparison.ts';
import { markdownLine, markdownTable } from '../../common/markdownText.ts';
import type { SuiteRun } from '../../common/suiteModel.ts';
import { comparedCasesText } from '../../statistics/comparedCasesText.ts';
import { rateText } from '../../statistics/rateText.ts';

/** Cases that are listed under a heading. */
const maxListed = 200;

type ComparedRun = Pick<SuiteRun, 'suiteName' | 'startedAt'>;

/**
 * A comparison of two runs as a document: the sentence first, then the numbers behind it and the cases that differ, variant by
 * variant if there are several.
 */
export function comparisonMarkdown(comparison: Comparison, runs: { a: ComparedRun; b: ComparedRun }): string {
	const { sentence, others = [] } = comparison;
	return `${[
		`# ${markdownLine(runs.b.suiteName)}`,
		`**${markdownLine(sentence, 10_000)}**`,
		...body(comparison, runs),
		...others.flatMap((other) => [`## ${markdownLine(other.b.label)}`, ...body(other, runs)]),
	].join('\n\n')}\n`;
}

function body(comparison: Comparison, { a, b }: { a: ComparedRun; b: ComparedRun }): string[] {
	const { notes, improved, regressed } = comparison;
	const rows = [
		['', l10n.t('Variant'), l10n.t('Started at'), l10n.t('Passed'), l10n.t('Errors')],
		side('A', comparison.a, a),
		side('B', comparison.b, b),
	];
	return [
		markdownTable(rows),
		[comparedCasesText(comparison), ...notes.map((note) => markdownLine(note, 1_000))].join(' '),
		...listed(l10n.t('Only B, or more often B'), improved),
		...listed(l10n.t('Only A, or more often A'), regressed),
	];
}

function side(name: string, rated: RatedVariant, { startedAt }: ComparedRun): string[] {
	return [name, markdownLine(rated.label), startedAt, rateText(rated), String(rated.errors)];
}

function listed(title: string, cases: readonly ComparedCase[]): string[] {
	if (cases.length === 0) {
		return [];
	}
	const names = cases.slice(0, maxListed).map(({ name }) => `- ${markdownLine(name)}`);
	const more = cases.length - names.length;
	return [`## ${title}`, [...names, ...(more > 0 ? [l10n.t('… and {0} more', more)] : [])].join('\n')];
}
