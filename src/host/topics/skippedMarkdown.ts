import * as vscode from 'vscode';
import type { ImportReport } from '../../common/topicModel.ts';
import { oneLine } from '../kit/oneLine.ts';

/** What the last import of a topic skipped or read in part, as a Markdown document: one line for each file or row. */
export function skippedMarkdown(topic: string, report: Pick<ImportReport, 'skipped' | 'notes'>): string {
	const { skipped, notes } = report;
	const sections = [
		`# ${vscode.l10n.t('Skipped by the last import of {0}', topic)}`,
		skipped.length > 0 ? listed(skipped) : vscode.l10n.t('Nothing was skipped.'),
		...(notes.length > 0 ? [`## ${vscode.l10n.t('Imported, but only partly read')}`, listed(notes)] : []),
	];
	return `${sections.join('\n\n')}\n`;
}

function listed(entries: ImportReport['skipped']): string {
	return entries.map(({ file, reason }) => `- ${oneLine(file)}: ${oneLine(reason)}.`).join('\n');
}
