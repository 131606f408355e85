import * as vscode from 'vscode';
import type { Command } from '../kit/command.ts';
import { runArgument } from './runArgument.ts';
import { stopAsked } from './stopAsked.ts';
import type { SuiteServices } from './suiteServices.ts';

/** Stops a run of this window; its answers stay. The user is asked about a batch that waits. */
export const stopRun: Command<SuiteServices> = {
	id: 'stopRun',
	async run(services, argument) {
		const { suiteRuns } = services;
		const { runId } = await runArgument(services, argument, {
			offer: (run) => suiteRuns.running.includes(run.runId),
			none: vscode.l10n.t('No run is going on in this window'),
		});
		await stopAsked(suiteRuns, runId);
	},
};
