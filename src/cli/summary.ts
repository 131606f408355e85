import * as l10n from '@vscode/l10n';
import { runStatusWord } from '../common/runStatus.ts';
import { verdictWord } from '../common/verdictWord.ts';
import { visibleLine } from '../common/visibleText.ts';
import { variantCounts } from '../statistics/runCounts.ts';
import { ownComparisons } from '../suites/export/ownComparisons.ts';
import { reasonsOf } from '../suites/export/reasons.ts';
import type { ReportedRun, VariantReport } from '../suites/export/reportedRun.ts';
import { variantComparisons } from './comparisonText.ts';

/** Trials that did not pass and are listed. */
const maxListed = 20;
const maxLine = 160;

/** What a run found, for people: what did not pass, the counts of each variant, then the others against the first. */
export async function summaryText(report: ReportedRun, hasColours: boolean): Promise<string> {
	const { run, trials } = report;
	const paint = (code: number, text: string) => (hasColours ? `\u001b[${code}m${text}\u001b[0m` : text);
	const colours = { pass: 32, fail: 31, error: 33 };
	const lost: { index: number; text: string }[] = [];
	let count = 0;
	if (run.variants.some(({ failed, errors }) => failed + errors > 0)) {
		for await (const trial of trials()) {
			if (trial.verdict !== 'pass' && count++ < 10 * maxListed) {
				const place = run.variants.length > 1 ? `${trial.case.name}, ${trial.variant}` : trial.case.name;
				const repeat = trial.repeat > 1 ? ` #${trial.repeat}` : '';
				const [reason = '', ...more] = reasonsOf(trial);
				const others = more.length > 0 ? l10n.t(' (and {0} more)', more.length) : '';
				const head = `${paint(colours[trial.verdict], verdictWord(trial.verdict))} ${visibleLine(`${place}${repeat}`, maxLine)}`;
				lost.push({ index: trial.case.index, text: `${head}\n    ${visibleLine(reason, maxLine)}${others}` });
			}
		}
	}
	lost.sort((a, b) => a.index - b.index);
	const status = run.status === 'complete' ? [] : [statusLine(run)];
	return [
		...lost.slice(0, maxListed).map(({ text }) => text),
		...(count > maxListed ? [l10n.t('… and {0} more', count - maxListed)] : []),
		...run.variants.map((variant) => variantLine(run.suiteName, run.variants, variant)),
		...variantComparisons(await ownComparisons(report)),
		...status,
		'',
	].join('\n');
}

function variantLine(suite: string, variants: readonly VariantReport[], variant: VariantReport): string {
	const name = variants.length > 1 ? `${suite}, ${variant.label}` : suite;
	const unit = variant.unit === 'case' && variant.rate !== null ? l10n.t(', by case') : '';
	return [
		`${visibleLine(name, maxLine)}: ${variantCounts(variant, String)}${unit}`,
		...(variant.isModel ? [] : [l10n.t('not a model')]),
		...(variant.costUsd ? [`$${variant.costUsd.toFixed(4)}`] : []),
	].join(', ');
}

function statusLine({ status, reason, done, trials }: ReportedRun['run']): string {
	const word = reason === undefined ? runStatusWord(status) : `${runStatusWord(status)}: ${reason}`;
	const rest = status === 'stopped' || status === 'capped' ? l10n.t(' --resume goes on.') : '';
	return `${l10n.t('{0} of {1} answers', done, trials)}, ${word}.${rest}`.replace('..', '.');
}
