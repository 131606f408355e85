import * as vscode from 'vscode';
import { isAppError } from '../../common/errors.ts';
import { showInformation } from '../kit/notify.ts';
import type { SuiteRuns } from './suiteRuns.ts';

/** Shows how a run that has ended stands against the baseline of its prompt, if it has one, and offers the comparison. */
export async function offerComparison(suiteRuns: Pick<SuiteRuns, 'context'>, runId: string): Promise<void> {
	const [context, { baselineOf }, { compareStoredRuns }] = await Promise.all([
		suiteRuns.context(),
		import('../../suites/compare/baselineOf.ts'),
		import('../../suites/compare/storedComparison.ts'),
	]);
	const run = await context.records.get(runId);
	const baseline = baselineOf(run, await context.records.list({ suite: run.suite }));
	if (!baseline || run.done === 0) {
		return;
	}
	let sentence: string;
	try {
		({ sentence } = await compareStoredRuns(context, baseline.runId, runId));
	} catch (error) {
		// Nothing in common: there is nothing to offer.
		if (isAppError(error, 'validation')) {
			return;
		}
		throw error;
	}
	const compare = vscode.l10n.t('Compare');
	const text = vscode.l10n.t('"{0}" (B) against its baseline (A): {1}', run.suiteName, sentence);
	if ((await showInformation(text, compare)) === compare) {
		await vscode.commands.executeCommand('promptWorkshop.compareRuns', baseline.runId, runId);
	}
}
