import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { answerHuman } from './answerHuman.ts';
import type { PlannedRun } from './plannedRun.ts';
import { tallyOf } from './runTally.ts';
import type { SuiteContext } from './suiteContext.ts';

/**
 * Stores the user's answer to the question that an assertion of a trial asks, and counts the trial's new verdict. Rejects
 * with `validation` if the assertion asks nothing, or while the run goes on.
 */
export async function answerTrial(
	{ files, records, claim }: Pick<SuiteContext, 'files' | 'records' | 'claim'>,
	{ runId, trialId, assertion, pass }: { runId: string; trialId: string; assertion: number; pass: boolean },
): Promise<void> {
	const release = await claim(`run-${runId}`);
	if (!release) {
		throw new AppError('validation', l10n.t('The run is still going on. Answer when it has ended, or stop it'));
	}
	try {
		const before = await files.trial(runId, trialId);
		const { pins, trials, log } = await files.open(runId);
		try {
			const { cases } = pins.plan as PlannedRun;
			const graded = cases.find(({ hash }) => hash === before.case.hash);
			if (!graded) {
				throw new AppError('not-found', l10n.t('The run has no such case'));
			}
			const after = answerHuman(before, assertion, { pass }, graded);
			await log.append(after);
			const record = await records.get(runId);
			const tally = tallyOf(record, trials);
			tally.add(after, before);
			await records.put(tally.snapshot(record.reason === undefined ? {} : { reason: record.reason }));
		} finally {
			await log.close();
		}
	} finally {
		await release();
	}
}
