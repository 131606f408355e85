import * as vscode from 'vscode';
import type { ReportEntry } from '../../common/reportEntry.ts';
import { oneLine } from './oneLine.ts';

/** What became of one thing of a foreign file, as a line of a Markdown list. */
export function reportLine({ line, what, outcome, note }: ReportEntry): string {
	const outcomes = {
		kept: vscode.l10n.t('kept'),
		changed: vscode.l10n.t('changed'),
		dropped: vscode.l10n.t('dropped'),
	};
	const place = line === undefined ? '' : `${vscode.l10n.t('line {0}', line)}, `;
	return `- ${place}${oneLine(what)}, ${outcomes[outcome]}: ${oneLine(note)}.`;
}
