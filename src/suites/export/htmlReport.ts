import * as l10n from '@vscode/l10n';
import { cutText } from '../../common/cutText.ts';
import { runStatusWord } from '../../common/runStatus.ts';
import type { Comparisons } from '../compare/compareRuns.ts';
import { runCounts } from '../../statistics/runCounts.ts';
import type { StoredTrial } from '../../common/suiteModel.ts';
import { verdictWord } from '../../common/verdictWord.ts';
import { visibleText } from '../../common/visibleText.ts';
import { percent } from '../../statistics/percent.ts';
import { ratePercent } from './ratePercent.ts';
import { reasonsOf } from './reasons.ts';
import { comparedLine, leftOutLine, ownComparisons } from './ownComparisons.ts';
import type { ReportedRun, RunReport, VariantReport } from './reportedRun.ts';
import { reportStyle } from './reportStyle.ts';

/** Answers that did not pass and are put into the order of the suite; further ones follow as they ended. */
const maxSorted = 2_000;
/** Characters of an answer that did not pass, and of one that did. */
const maxOutput = 4_000;
const maxPassed = 200;

/** The run as one page without scripts, which loads nothing from anywhere. */
export async function* htmlReport(report: ReportedRun): AsyncGenerator<string> {
	const { run, trials } = report;
	yield head(run, await ownComparisons(report));
	yield variantTable(run.variants);
	const sorted: StoredTrial[] = [];
	let listed = 0;
	for await (const trial of trials()) {
		if (trial.verdict === 'pass') {
			continue;
		}
		if (listed++ === 0) {
			yield `<h2>${text(l10n.t('Not passed'))}</h2>\n`;
		}
		if (sorted.length < maxSorted) {
			sorted.push(shortened(trial));
		} else {
			if (listed === maxSorted + 1) {
				yield inOrder(sorted);
			}
			yield lostTrial(trial);
		}
	}
	if (listed <= maxSorted) {
		yield inOrder(sorted);
	}
	let passed = 0;
	for await (const trial of trials()) {
		if (trial.verdict === 'pass') {
			if (passed++ === 0) {
				yield passedHead();
			}
			yield passedRow(trial);
		}
	}
	yield `${passed > 0 ? '</tbody></table>\n' : ''}</main></body></html>\n`;
}

function head(run: RunReport, found: Comparisons): string {
	const { suiteName, status, reason, startedAt, done, trials, calls, costUsd } = run;
	const facts = [
		reason === undefined ? runStatusWord(status) : `${runStatusWord(status)}: ${reason}`,
		l10n.t('{0} of {1} answers', done, trials),
		calls === 1 ? l10n.t('1 request') : l10n.t('{0} requests', calls),
		costUsd === null ? l10n.t('cost unknown') : `$${costUsd.toFixed(4)}`,
		startedAt,
	];
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(suiteName)}</title><style>${reportStyle}</style></head><body><main>
<h1>${text(suiteName)}</h1>
${compared(found)}<p class="result">${text(runCounts(run, String))}</p>
<p class="facts">${facts.map(text).join(' · ')}</p>
`;
}

/** The sentence first, then the numbers behind it. */
function compared({ comparisons, leftOut }: Comparisons): string {
	const lines = comparisons.map(
		(one) =>
			`<p class="verdict ${one.verdict}">${text(one.sentence)}</p>\n<p class="facts">${text(comparedLine(one))}</p>\n`,
	);
	return [...lines, ...(leftOut.length > 0 ? [`<p class="facts">${text(leftOutLine(leftOut))}</p>\n`] : [])].join('');
}

function variantTable(variants: readonly VariantReport[]): string {
	const isByCase = variants.some(({ unit }) => unit === 'case');
	const hasReused = variants.some(({ reused }) => reused > 0);
	const columns = [
		l10n.t('Variant'),
		l10n.t('Model'),
		l10n.t('Passed'),
		l10n.t('Failed'),
		l10n.t('Errors'),
		...(hasReused ? [l10n.t('Reused')] : []),
		isByCase ? l10n.t('Pass rate by case (95 %)') : l10n.t('Pass rate (95 %)'),
	];
	const rows = variants.map((variant) => {
		const { label, model, isModel, passed, failed, errors, reused } = variant;
		const answers =
			model === null ? l10n.t('recorded answers') : isModel ? model : l10n.t('{0} (not a model)', model);
		const counts = [passed, failed, errors, ...(hasReused ? [reused] : [])].map(String);
		const cells = [label, answers, ...counts].map((one) => `<td>${text(one)}</td>`);
		return `<tr>${cells.join('')}<td>${text(ratePercent(variant))}${bar(variant)}</td></tr>`;
	});
	const headings = columns.map((column) => `<th scope="col">${text(column)}</th>`).join('');
	return `<table><thead><tr>${headings}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>\n`;
}

/** The interval as a line from 0 to 100 %, with the rate as a point; the numbers stand beside it. */
function bar({ rate, interval }: VariantReport): string {
	if (rate === null || interval === null) {
		return '';
	}
	const [low, high] = interval.map((share) => Number((share * 100).toFixed(2)));
	const at = Number((rate * 100).toFixed(2));
	return `<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><path d="M0 3H100" class="scale"/><path d="M${low} 3H${high}" class="interval"/><path d="M${at} 0V6" class="rate"/></svg>`;
}

function shortened(trial: StoredTrial): StoredTrial {
	const { turn: _turn, requests: _requests, earlier: _earlier, citations: _citations, ...rest } = trial;
	return { ...rest, output: cutText(trial.output, maxOutput), query: cutText(trial.query, maxOutput) };
}

function inOrder(trials: StoredTrial[]): string {
	return trials
		.sort((a, b) => a.case.index - b.case.index || a.repeat - b.repeat)
		.map(lostTrial)
		.join('');
}

function lostTrial(trial: StoredTrial): string {
	const { case: one, variant, repeat, verdict, query, output } = trial;
	const title = [one.name, variant, String(repeat)].map(text).join(' · ');
	const reasons = reasonsOf(trial).map((reason) => `<li>${text(reason)}</li>`);
	return `<details class="${verdict}" open><summary><b>${text(verdictWord(verdict))}</b> ${title}</summary>
<ul>${reasons.join('')}</ul>
<h3>${text(l10n.t('Question'))}</h3><pre>${text(cutText(query, maxOutput))}</pre>
<h3>${text(l10n.t('Answer'))}</h3><pre>${text(cutText(output, maxOutput))}</pre></details>
`;
}

function passedHead(): string {
	const columns = [l10n.t('Case'), l10n.t('Variant'), l10n.t('Repeat'), l10n.t('Score'), l10n.t('Answer')];
	const headings = columns.map((column) => `<th scope="col">${text(column)}</th>`).join('');
	return `<h2>${text(l10n.t('Passed'))}</h2>\n<table class="passed"><thead><tr>${headings}</tr></thead><tbody>\n`;
}

function passedRow({ case: one, variant, repeat, score, output }: StoredTrial): string {
	const shown = output.length > maxPassed ? `${cutText(output, maxPassed)}…` : output;
	const cells = [one.name, variant, String(repeat), percent(score), shown];
	return `<tr>${cells.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>\n`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escaped, and with hidden characters by their names. */
function text(value: string): string {
	return visibleText(value).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
