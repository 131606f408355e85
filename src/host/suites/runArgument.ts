import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { runStatusWord } from '../../common/runStatus.ts';
import { runCounts } from '../../statistics/runCounts.ts';
import type { SuiteRun } from '../../common/suiteModel.ts';
import { chosen, property } from '../kit/arguments.ts';
import { showPick } from '../kit/pick.ts';
import type { SuiteRuns } from './suiteRuns.ts';

/** A run by its id or tree item, or the user's choice among those that `offer` takes. Rejects with `not-found`. */
export async function runArgument(
	{ suiteRuns }: { suiteRuns: Pick<SuiteRuns, 'context'> },
	argument: unknown,
	options: {
		offer?: (run: SuiteRun) => boolean;
		none: string;
		placeHolder?: string;
		/** Lower ones come first; among equal ones the newest. */
		rank?: (run: SuiteRun) => number;
	},
): Promise<SuiteRun> {
	const { records } = await suiteRuns.context();
	const given = typeof argument === 'string' ? argument : property(argument, 'runId');
	if (typeof given === 'string') {
		return records.get(given);
	}
	const runs = (await records.list()).filter((run) => options.offer?.(run) ?? true);
	if (runs.length === 0) {
		throw new AppError('not-found', options.none);
	}
	const { rank = () => 0 } = options;
	const items = runs
		.sort((one, other) => rank(one) - rank(other))
		.map((run) => ({
			label: run.suiteName,
			description: `${runStatusWord(run.status)} · ${new Date(run.startedAt).toLocaleString()}`,
			detail: runCounts(run, (value) => value.toLocaleString()),
			run,
		}));
	return chosen(await showPick(items, { placeHolder: options.placeHolder ?? vscode.l10n.t('Choose a run') })).run;
}
