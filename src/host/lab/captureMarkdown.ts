import * as vscode from 'vscode';
import type { ReportEntry } from '../../common/reportEntry.ts';
import { oneLine } from '../kit/oneLine.ts';

/** The report of a capture as a Markdown document, one line per entry. */
export function captureMarkdown(name: string, report: readonly ReportEntry[]): string {
	const outcomes = {
		kept: vscode.l10n.t('kept'),
		changed: vscode.l10n.t('changed'),
		dropped: vscode.l10n.t('dropped'),
	};
	const lines = report.map(({ line, what, outcome, note }) => {
		const place = line === undefined ? '' : `${vscode.l10n.t('line {0}', line)}, `;
		return `- ${place}${oneLine(what)}, ${outcomes[outcome]}: ${oneLine(note)}.`;
	});
	return `# ${vscode.l10n.t('Changed or dropped in {0}', oneLine(name))}\n\n${lines.join('\n')}\n`;
}
