import * as vscode from 'vscode';
import type { Command } from '../kit/command.ts';
import { showReadOnly } from '../kit/readOnlyDocuments.ts';
import { runArgument } from './runArgument.ts';
import type { SuiteServices } from './suiteServices.ts';

/** Shows what a run found, as a document. */
export const openRun: Command<SuiteServices> = {
	id: 'openRun',
	async run(services, argument) {
		const none = vscode.l10n.t('No suite was run yet');
		const { runId, suiteName } = await runArgument(services, argument, { none });
		await showReadOnly({ kind: 'run', key: runId, title: suiteName });
		return { runId };
	},
};
