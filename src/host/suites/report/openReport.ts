import * as vscode from 'vscode';
import { AppError } from '../../../common/errors.ts';
import { chosen, property } from '../../kit/arguments.ts';
import type { Command } from '../../kit/command.ts';
import { toFileUri } from '../../kit/places.ts';
import { showPick } from '../../kit/pick.ts';
import { runArgument } from '../runArgument.ts';
import type { SuiteServices } from '../suiteServices.ts';

/** Shows the report of a stored run or of a JSON report, which the command line writes too. Asks if neither is named. */
export const openReport: Command<SuiteServices> = {
	id: 'openReport',
	async run(services, argument, options) {
		const id = await reportArgument(services, argument);
		const other = property(options, 'against');
		await services.reports.open(id, typeof other === 'string' ? { kind: 'run', runId: other } : undefined);
		return { report: id };
	},
};

/** The id of a run, or the address of a file: as it is named, or as the user chooses. Rejects with `not-found`. */
export async function reportArgument(
	services: { suiteRuns: Pick<SuiteServices['suiteRuns'], 'context'> },
	argument: unknown,
): Promise<string> {
	const file = fileIn(argument);
	if (file) {
		return file.toString();
	}
	const none = vscode.l10n.t('No suite was run yet');
	if (argument !== undefined) {
		return (await runArgument(services, argument, { none })).runId;
	}
	const { records } = await services.suiteRuns.context();
	if ((await records.list()).length === 0) {
		return chooseFile();
	}
	const items = [
		{ label: vscode.l10n.t('A stored run…'), isFile: false },
		{ label: vscode.l10n.t('A JSON report…'), isFile: true },
	];
	const { isFile } = chosen(await showPick(items, { placeHolder: vscode.l10n.t('What is the report of?') }));
	return isFile ? chooseFile() : (await runArgument(services, undefined, { none })).runId;
}

/** A file by its URI or path. The id of a run has no slash. */
function fileIn(argument: unknown): vscode.Uri | undefined {
	const isFile = argument instanceof vscode.Uri || (typeof argument === 'string' && /[\\/]/.test(argument));
	return isFile ? toFileUri(argument) : undefined;
}

async function chooseFile(): Promise<string> {
	const [file] = chosen(
		await vscode.window.showOpenDialog({
			title: vscode.l10n.t('Open Report'),
			filters: { JSON: ['json'] },
		}),
	);
	if (!file) {
		throw new AppError('cancelled', 'Cancelled');
	}
	return toFileUri(file).toString();
}
