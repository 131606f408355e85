import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { reportFormats, type ReportFormat } from '../../common/suiteModel.ts';
import { nodeFiles } from '../../disk/nodeFiles.ts';
import { exportRun as exported } from '../../suites/export/exportRun.ts';
import type { ReportedRun } from '../../suites/export/reportedRun.ts';
import { storedReport } from '../../suites/export/storedReport.ts';
import { openRunFiles } from '../../suites/runFiles.ts';
import { chosen, optionsArgument } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { exportTarget } from '../kit/exportTarget.ts';
import { showInformation } from '../kit/notify.ts';
import { showPick } from '../kit/pick.ts';
import { slugOf } from '../kit/slugOf.ts';
import { writeAtomically } from '../kit/writeAtomically.ts';
import { openReportFile } from './report/openReportFile.ts';
import { reportArgument } from './report/openReport.ts';
import { fileOfReport } from './report/reportId.ts';
import type { SuiteServices } from './suiteServices.ts';

const endings: Record<ReportFormat, string> = { json: 'json', junit: 'xml', csv: 'csv', md: 'md', html: 'html' };

/** Writes a run into a file, in a format that the caller or the user chooses. */
export const exportRun: Command<SuiteServices> = {
	id: 'exportRun',
	async run(services, argument, given) {
		const id = await reportArgument(services, argument);
		const options = optionsArgument(given);
		const format = isFormat(options['format']) ? options['format'] : await chooseFormat();
		const report = await reportOf(services, id);
		const ending = endings[format];
		const name = `${slugOf(report.run.suiteName.replace(/\.prompttest\.\w+$/i, ''), 0)}.report.${ending}`;
		const target = await exportTarget(options['uri'], name, {
			title: vscode.l10n.t('Export Run'),
			saveLabel: vscode.l10n.t('Export'),
			filters: { [ending.toUpperCase()]: [ending] },
		});
		const pieces: string[] = [];
		for await (const piece of exported(report, format)) {
			pieces.push(piece);
		}
		await writeAtomically(target, pieces.join(''));
		const open = vscode.l10n.t('Open');
		void showInformation(vscode.l10n.t('The run was exported to {0}', target.fsPath), open).then((answer) =>
			answer === open ? vscode.commands.executeCommand('vscode.open', target) : undefined,
		);
		return { uri: target.toString() };
	},
};

async function reportOf({ openStore }: Pick<SuiteServices, 'openStore'>, id: string): Promise<ReportedRun> {
	const file = fileOfReport(id);
	if (file) {
		return openReportFile(file);
	}
	const store = await openStore();
	const run = await store.read(({ runs }) => runs.get(id));
	return storedReport(run, openRunFiles(store.status.folder, nodeFiles));
}

function isFormat(value: unknown): value is ReportFormat {
	const known = reportFormats.find((format) => format === value);
	if (value !== undefined && !known) {
		throw new AppError(
			'validation',
			vscode.l10n.t('There is no such format. There are: {0}', reportFormats.join(', ')),
			{
				info: { field: 'format' },
			},
		);
	}
	return known !== undefined;
}

async function chooseFormat(): Promise<ReportFormat> {
	const words: Record<ReportFormat, string> = {
		json: vscode.l10n.t('JSON: the whole run, which can be opened again'),
		junit: vscode.l10n.t('JUnit XML: for CI'),
		csv: vscode.l10n.t('CSV: one line for each answer'),
		md: vscode.l10n.t('Markdown'),
		html: vscode.l10n.t('HTML: one page without scripts'),
	};
	const items = reportFormats.map((format) => ({ label: words[format], format }));
	return chosen(await showPick(items, { placeHolder: vscode.l10n.t('Export as') })).format;
}
