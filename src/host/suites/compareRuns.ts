import * as vscode from 'vscode';
import type { SuiteRun } from '../../common/suiteModel.ts';
import type { Command } from '../kit/command.ts';
import { runArgument } from './runArgument.ts';
import type { SuiteServices } from './suiteServices.ts';

/**
 * Compares two runs in a report: the second with the first, of a selection in the tree the newer with the older. Of a single
 * run the user chooses what it is compared with.
 */
export const compareRuns: Command<SuiteServices> = {
	id: 'compareRuns',
	async run(services, first, second, selection) {
		const [a, b] = await chosenRuns(services, [first, second], Array.isArray(selection) ? selection : []);
		const { compareStoredRuns } = await import('../../suites/compare/storedComparison.ts');
		const comparison = await compareStoredRuns(await services.suiteRuns.context(), a.runId, b.runId);
		await services.reports.open(b.runId, { kind: 'run', runId: a.runId });
		return comparison;
	},
};

async function chosenRuns(
	services: SuiteServices,
	[first, second]: [unknown, unknown],
	selection: readonly unknown[],
): Promise<[SuiteRun, SuiteRun]> {
	const none = vscode.l10n.t('There is no other run to compare with');
	const ended = ({ done }: SuiteRun) => done > 0;
	if (selection.length === 2) {
		const runs = await Promise.all(selection.map((one) => runArgument(services, one, { none })));
		// Newest first.
		const { records } = await services.suiteRuns.context();
		const order = (await records.list()).map(({ runId }) => runId);
		const [older, newer] = runs.sort((one, other) => order.indexOf(other.runId) - order.indexOf(one.runId));
		if (older && newer) {
			return [older, newer];
		}
	}
	if (second !== undefined) {
		const [a, b] = [await runArgument(services, first, { none }), await runArgument(services, second, { none })];
		return [a, b];
	}
	const b = await runArgument(services, first, { none, offer: ended });
	const a = await runArgument(services, undefined, {
		none,
		offer: (run) => ended(run) && run.runId !== b.runId,
		placeHolder: vscode.l10n.t('Compare with which run?'),
		// The baseline and the runs of the same suite first.
		rank: (run) => (run.suite === b.suite ? (run.blessedAt === undefined ? 1 : 0) : 2),
	});
	return [a, b];
}
