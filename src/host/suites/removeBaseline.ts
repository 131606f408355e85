import * as vscode from 'vscode';
import type { Command } from '../kit/command.ts';
import { runArgument } from './runArgument.ts';
import type { SuiteServices } from './suiteServices.ts';

/** A run is no longer the baseline of its prompt: it stays, and later runs are not compared with it by themselves. */
export const removeBaseline: Command<SuiteServices> = {
	id: 'removeBaseline',
	async run(services, argument) {
		const { runId } = await runArgument(services, argument, {
			none: vscode.l10n.t('No run is a baseline'),
			placeHolder: vscode.l10n.t('Which run is to be no longer a baseline?'),
			offer: ({ blessedAt }) => blessedAt !== undefined,
		});
		const store = await services.openStore();
		await store.write(({ runs }) => runs.unbless(runId));
		return { runId };
	},
};
