import * as l10n from '@vscode/l10n';
import { mergeRuns, type NamedDocument } from '../../suites/export/mergeRuns.ts';
import { share } from '../numbers.ts';
import type { Arguments } from '../parseArguments.ts';
import { addStepSummary, openReport, reportTargets, writeReports } from '../reports.ts';
import { summaryText } from '../summary.ts';
import type { Terminal } from '../terminal.ts';
import { usageError } from '../usageError.ts';
import { verdictOf } from '../verdict.ts';

/** `prompt-workshop merge`: joins the parts of one run. */
export async function merge(parsed: Arguments, terminal: Terminal): Promise<number> {
	const failUnder = share(parsed, 'fail-under');
	if (parsed.operands.length === 0) {
		throw usageError(l10n.t('merge takes the JSON reports of all parts, such as part-1.json part-2.json'));
	}
	const parts: NamedDocument[] = [];
	for (const name of parsed.operands) {
		parts.push({ name, document: await openReport(name, terminal.folder) });
	}
	const merged = await mergeRuns(parts);
	const targets = reportTargets(parsed.all('out'), [merged.run.suiteName]);
	await writeReports(merged, targets, terminal.folder);
	await addStepSummary(merged, terminal);
	terminal.out(
		parsed.has('json')
			? `${JSON.stringify({ type: 'run', run: merged.run })}\n`
			: await summaryText(merged, terminal.colours.out),
	);
	return verdictOf(merged.run, { failUnder });
}
