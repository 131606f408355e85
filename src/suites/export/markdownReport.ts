import * as l10n from '@vscode/l10n';
import { cutText } from '../../common/cutText.ts';
import { markdownLine, markdownTable } from '../../common/markdownText.ts';
import { runStatusWord } from '../../common/runStatus.ts';
import type { Comparisons } from '../compare/compareRuns.ts';
import { runCounts } from '../../statistics/runCounts.ts';
import type { Trial } from '../../common/suiteModel.ts';
import { visibleText } from '../../common/visibleText.ts';
import { ratePercent } from './ratePercent.ts';
import { reasonsOf } from './reasons.ts';
import { comparedLine, leftOutLine, ownComparisons } from './ownComparisons.ts';
import type { ReportedRun, RunReport, VariantReport } from './reportedRun.ts';

/** Answers that did not pass and are listed. */
const maxListed = 200;
/** Characters of what a comparison found. */
const maxSentence = 2_000;
/** Characters of an answer. */
const maxOutput = 500;

type ListedTrial = Pick<Trial, 'case' | 'variant' | 'repeat' | 'verdict' | 'assertions' | 'error' | 'output'>;

/**
 * A run as a document: which variant is better, what was tested, the counts of each variant, and every answer that did not pass,
 * with the reason.
 */
export async function* markdownReport(report: ReportedRun): AsyncGenerator<string> {
	const { run, trials } = report;
	const found = await ownComparisons(report);
	yield [`# ${markdownLine(run.suiteName)}`, ...compared(found), facts(run), variantTable(run.variants)].join('\n\n');
	const listed: ListedTrial[] = [];
	let lost = 0;
	for await (const trial of trials()) {
		if (trial.verdict !== 'pass') {
			lost++;
			// More than are listed, so that their order is mostly that of the suite; not all, which may be many.
			if (listed.length < 10 * maxListed) {
				const { case: one, variant, repeat, verdict, assertions, error, output } = trial;
				const shown = { case: one, variant, repeat, verdict, assertions, output: cutText(output, maxOutput) };
				listed.push({ ...shown, ...(error && { error }) });
			}
		}
	}
	listed.sort((a, b) => a.case.index - b.case.index || a.repeat - b.repeat);
	if (lost > 0) {
		yield `\n\n## ${l10n.t('Not passed')}`;
	}
	for (const trial of listed.slice(0, maxListed)) {
		yield `\n\n${lostTrial(trial)}`;
	}
	yield lost > maxListed ? `\n\n${l10n.t('… and {0} more', lost - maxListed)}\n` : '\n';
}

/** The sentence first, then the numbers behind it. */
function compared({ comparisons, leftOut }: Comparisons): string[] {
	return [
		...comparisons.flatMap((one) => [
			`**${markdownLine(one.sentence, maxSentence)}**`,
			markdownLine(comparedLine(one), maxSentence),
		]),
		...(leftOut.length > 0 ? [markdownLine(leftOutLine(leftOut), maxSentence)] : []),
	];
}

function facts(run: RunReport): string {
	const { status, reason, done, trials, startedAt, calls, costUsd } = run;
	const rows: [string, string][] = [
		[l10n.t('Result'), runCounts(run, String)],
		[l10n.t('Status'), reason === undefined ? runStatusWord(status) : `${runStatusWord(status)}: ${reason}`],
		[l10n.t('Answers'), l10n.t('{0} of {1}', done, trials)],
		[l10n.t('Requests'), String(calls)],
		[l10n.t('Cost'), costUsd === null ? l10n.t('unknown') : `$${costUsd.toFixed(4)}`],
		[l10n.t('Started at'), startedAt],
	];
	return rows.map(([label, value]) => `- ${label}: ${markdownLine(value)}`).join('\n');
}

function variantTable(variants: readonly VariantReport[]): string {
	const hasReused = variants.some(({ reused }) => reused > 0);
	const head = [
		l10n.t('Variant'),
		l10n.t('Model'),
		l10n.t('Passed'),
		l10n.t('Failed'),
		l10n.t('Errors'),
		...(hasReused ? [l10n.t('Reused')] : []),
		// What the interval counts stands at the number.
		variants.some(({ unit }) => unit === 'case') ? l10n.t('Pass rate by case (95 %)') : l10n.t('Pass rate (95 %)'),
	];
	const rows = variants.map((variant) => {
		const { label, model, isModel, passed, failed, errors, reused } = variant;
		return [
			label,
			model === null ? l10n.t('recorded answers') : isModel ? model : l10n.t('{0} (not a model)', model),
			...[passed, failed, errors, ...(hasReused ? [reused] : [])].map(String),
			ratePercent(variant),
		];
	});
	return markdownTable([head, ...rows].map((row) => row.map((cell) => markdownLine(cell))));
}

/** Text that is not interpreted, whatever it contains. */
function fenced(text: string): string {
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = '`'.repeat(longest + 1);
	return `${fence}text\n${visibleText(text)}\n${fence}`;
}

function lostTrial(trial: ListedTrial): string {
	const { case: one, variant, repeat, verdict, output } = trial;
	const word = verdict === 'fail' ? l10n.t('failed') : l10n.t('error');
	return [
		`### ${markdownLine(one.name)} · ${markdownLine(variant)} · ${repeat} · ${word}`,
		reasonsOf(trial)
			.map((reason) => `- ${markdownLine(reason)}`)
			.join('\n'),
		fenced(output),
	].join('\n\n');
}
