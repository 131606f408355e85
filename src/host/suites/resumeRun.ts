import * as vscode from 'vscode';
import { isResumable } from '../../common/runStatus.ts';
import type { Command } from '../kit/command.ts';
import { runArgument } from './runArgument.ts';
import { showRun } from './runSuite.ts';
import type { SuiteServices } from './suiteServices.ts';

/** Goes on with a run that was stopped or interrupted; the user chooses one if none is named. */
export const resumeRun: Command<SuiteServices> = {
	id: 'resumeRun',
	async run(services, argument) {
		const { runId, suiteName } = await runArgument(services, argument, {
			offer: isResumable,
			none: vscode.l10n.t('There is no run that could go on: all are complete'),
		});
		return showRun(services, suiteName, (signal) => services.suiteRuns.resume(runId, { signal }));
	},
};
