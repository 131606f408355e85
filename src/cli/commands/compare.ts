import * as l10n from '@vscode/l10n';
import { compareReports, compareWithin } from '../../suites/compare/compareAgainst.ts';
import { comparisonReport, writeComparison } from '../comparisonReport.ts';
import { comparisonText } from '../comparisonText.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Arguments } from '../parseArguments.ts';
import { addToStepSummary, openComparable, reportTargets } from '../reports.ts';
import type { Terminal } from '../terminal.ts';
import { usageError } from '../usageError.ts';

/** `prompt-workshop compare`: run B against run A, or the variants of one run against one of them. */
export async function compare(parsed: Arguments, terminal: Terminal): Promise<number> {
	const { folder } = terminal;
	const targets = reportTargets(parsed.all('out'), [''], ['json', 'md']);
	const [nameOfA, nameOfB, ...more] = parsed.operands;
	if (nameOfA === undefined || more.length > 0) {
		throw usageError(
			l10n.t('compare takes the JSON reports of two runs, first the one to compare with, or of one run'),
		);
	}
	const a = await openComparable(nameOfA, folder);
	const b = nameOfB === undefined ? a : await openComparable(nameOfB, folder);
	const label = parsed.one('baseline-variant');
	const found = nameOfB === undefined ? compareWithin(a, label) : compareReports(a, b, label);
	if (found.comparisons.length === 0) {
		throw usageError(l10n.t('{0} has one variant: name a second report to compare it with', nameOfA), 'report');
	}
	const report = comparisonReport(found, { a: a.document.run, b: b.document.run });
	await writeComparison(report, targets, folder);
	await addToStepSummary(report.markdown, terminal);
	terminal.out(
		parsed.has('json')
			? `${JSON.stringify({ type: 'comparison', ...report.json })}\n`
			: comparisonText(found, { a: nameOfA, b: nameOfB ?? nameOfA }),
	);
	const isWorse = found.comparisons.some(({ verdict }) => verdict === 'worse');
	return isWorse && parsed.has('fail-on-regression') ? exitCodes.failed : exitCodes.fine;
}
