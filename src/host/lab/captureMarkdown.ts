import * as vscode from 'vscode';
import type { ReportEntry } from '../../common/reportEntry.ts';
import { oneLine } from '../kit/oneLine.ts';
import { reportLine } from '../kit/reportLine.ts';

/** The report of a capture as a Markdown document, one line per entry. */
export function captureMarkdown(name: string, report: readonly ReportEntry[]): string {
	return `# ${vscode.l10n.t('Changed or dropped in {0}', oneLine(name))}\n\n${report.map(reportLine).join('\n')}\n`;
}
