import * as l10n from '@vscode/l10n';
import { runCounts, runStatusWord } from '../../common/runCounts.ts';
import type { AssertionResult, RunVariant, SuiteRun } from '../../common/suiteModel.ts';
import { visibleLine } from '../../common/visibleText.ts';
import type { TrialSummary } from '../../suites/suiteContext.ts';

/** Answers that did not pass and are listed. */
const maxListed = 200;
const maxLine = 300;

type ListedTrial = Pick<TrialSummary, 'case' | 'variant' | 'repeat' | 'verdict' | 'assertions' | 'error' | 'preview'>;

/** A run as a document: what was tested, the counts of each variant, and every answer that did not pass, with the reason. */
export function runMarkdown(run: SuiteRun, trials: readonly ListedTrial[]): string {
	const lost = trials
		.filter(({ verdict }) => verdict !== 'pass')
		.sort((a, b) => a.case.index - b.case.index || a.repeat - b.repeat);
	const sections = [
		`# ${visibleLine(run.suiteName, maxLine)}`,
		facts(run),
		variantTable(run.variants),
		...(lost.length === 0 ? [] : [`## ${l10n.t('Not passed')}`, ...lost.slice(0, maxListed).map(lostTrial)]),
		...(lost.length > maxListed ? [l10n.t('… and {0} more', lost.length - maxListed)] : []),
	];
	return `${sections.join('\n\n')}\n`;
}

function facts(run: SuiteRun): string {
	const { status, reason, done, trials, startedAt, calls, costUsd } = run;
	const rows: [string, string][] = [
		[l10n.t('Result'), runCounts(run, String)],
		[l10n.t('Status'), reason === undefined ? runStatusWord(status) : `${runStatusWord(status)}: ${reason}`],
		[l10n.t('Answers'), l10n.t('{0} of {1}', done, trials)],
		[l10n.t('Requests'), String(calls)],
		[l10n.t('Cost'), costUsd === null ? l10n.t('unknown') : `$${costUsd.toFixed(4)}`],
		[l10n.t('Started at'), startedAt],
	];
	return rows.map(([label, value]) => `- ${label}: ${visibleLine(value, maxLine)}`).join('\n');
}

function variantTable(variants: readonly RunVariant[]): string {
	const head = [l10n.t('Variant'), l10n.t('Model'), l10n.t('Passed'), l10n.t('Failed'), l10n.t('Errors')];
	const rows = variants.map(({ label, model, isModel, passed, failed, errors }) => [
		label,
		model === null ? l10n.t('recorded answers') : isModel ? model : l10n.t('{0} (not a model)', model),
		...[passed, failed, errors].map(String),
	]);
	return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

function cell(text: string): string {
	return visibleLine(text, maxLine).replaceAll('|', '\\|');
}

function lostTrial({ case: { name }, variant, repeat, verdict, assertions, error, preview }: ListedTrial): string {
	const word = verdict === 'fail' ? l10n.t('failed') : l10n.t('error');
	const reasons = error ? [error.message] : assertions.filter(isLost).map(({ type, reason }) => `${type}: ${reason}`);
	return [
		`### ${visibleLine(name, maxLine)} · ${visibleLine(variant, maxLine)} · ${repeat} · ${word}`,
		reasons.map((reason) => `- ${visibleLine(reason, maxLine)}`).join('\n'),
		// Indented text is not interpreted.
		preview.replace(/^/gm, '    '),
	].join('\n\n');
}

function isLost({ pass, error }: AssertionResult): boolean {
	return !pass || error === true;
}
