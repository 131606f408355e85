import * as vscode from 'vscode';
import { leaveBatches } from '../../common/suiteModel.ts';
import { showWarning } from '../kit/notify.ts';
import type { SuiteRuns } from './suiteRuns.ts';

/** Stops a run. If a batch of it is at a provider, the user says what is to become of it, or keeps the run. */
export async function stopAsked(runs: Pick<SuiteRuns, 'isWaiting' | 'stop'>, runId: string): Promise<void> {
	if (!runs.isWaiting(runId)) {
		runs.stop(runId);
		return;
	}
	const cancel = vscode.l10n.t('Cancel the Batch');
	const leave = vscode.l10n.t('Leave It Running');
	const detail = vscode.l10n.t(
		'A cancelled batch costs only what it has answered so far. One that is left goes on at the provider and costs what it would have cost; Resume gets its answers later.',
	);
	const title = vscode.l10n.t('What should become of the batch at the provider?');
	const answer = await showWarning(title, { modal: true, detail }, cancel, leave);
	if (answer !== undefined) {
		runs.stop(runId, answer === leave ? leaveBatches : undefined);
	}
}
