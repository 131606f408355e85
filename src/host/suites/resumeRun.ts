import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { isResumable, runCounts } from '../../common/runCounts.ts';
import { chosen } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { showPick } from '../kit/pick.ts';
import { showRun } from './runSuite.ts';
import type { SuiteServices } from './suiteServices.ts';

/** Goes on with a run that was stopped or interrupted; the user chooses one if none is named. */
export const resumeRun: Command<SuiteServices> = {
	id: 'resumeRun',
	async run(services, argument) {
		const { records } = await services.suiteRuns.context();
		const runId = typeof argument === 'string' ? argument : await pickRun(services);
		const { suiteName } = await records.get(runId);
		return showRun(services, suiteName, (signal) => services.suiteRuns.resume(runId, { signal }));
	},
};

async function pickRun({ suiteRuns }: SuiteServices): Promise<string> {
	const { records } = await suiteRuns.context();
	const open = (await records.list()).filter(isResumable);
	if (open.length === 0) {
		throw new AppError('not-found', vscode.l10n.t('There is no run that could go on: all are complete'));
	}
	const items = open.map((run) => ({
		label: run.suiteName,
		description: vscode.l10n.t('{0} of {1} answers', run.done, run.trials),
		detail: runCounts(run, String),
		runId: run.runId,
	}));
	return chosen(await showPick(items, { placeHolder: vscode.l10n.t('Choose a run to go on with') })).runId;
}
