import * as vscode from 'vscode';
import type { ImportedFile, ImportItem } from '../../common/importPlan.ts';
import type { ReportEntry } from '../../common/reportEntry.ts';
import { oneLine } from '../kit/oneLine.ts';
import { reportLine } from '../kit/reportLine.ts';

/** What an import stored of each file, and what it kept elsewhere, changed and dropped, as a Markdown document. */
export function importMarkdown(source: string, files: readonly ImportedFile[], chosen: ReadonlySet<string>): string {
	const sections = files.map((file) => fileMarkdown(file, chosen));
	return `${[`# ${vscode.l10n.t('Import of {0}', oneLine(source))}`, ...sections].join('\n\n')}\n`;
}

/** What the format of an export cannot hold, as a Markdown document. */
export function exportMarkdown(file: string, report: readonly ReportEntry[]): string {
	return `# ${vscode.l10n.t('Export of {0}', oneLine(file))}\n\n${report.map(reportLine).join('\n')}\n`;
}

function fileMarkdown({ path, format, items, report, problem }: ImportedFile, chosen: ReadonlySet<string>): string {
	const read =
		problem === undefined
			? vscode.l10n.t('Read as {0}.', oneLine(format))
			: vscode.l10n.t('Not imported: {0}.', oneLine(problem));
	const lists = [items.map((item) => itemLine(item, chosen.has(item.id))), report.map(reportLine)];
	return [
		`## ${oneLine(path)}`,
		read,
		...lists.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')),
	].join('\n\n');
}

function itemLine({ kind, name, facts }: ImportItem, isChosen: boolean): string {
	const words = {
		draft: vscode.l10n.t('Draft'),
		suite: vscode.l10n.t('Suite'),
		fixture: vscode.l10n.t('Fixture'),
		run: vscode.l10n.t('Run'),
	};
	const what = `${words[kind]} "${oneLine(name)}" (${facts.map(oneLine).join('; ')})`;
	return isChosen ? `- ${what}` : `- ${vscode.l10n.t('Not chosen: {0}', what)}`;
}
