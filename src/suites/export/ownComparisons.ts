import * as l10n from '@vscode/l10n';
import type { Comparison } from '../../common/comparison.ts';
import { isAppError } from '../../common/errors.ts';
import { pValueText } from '../../statistics/pValueText.ts';
import { rateText } from '../../statistics/rateText.ts';
import { comparableReport } from '../compare/comparableReport.ts';
import { compareWithin } from '../compare/compareAgainst.ts';
import type { Comparisons } from '../compare/compareRuns.ts';
import { addPreference } from '../compare/withPreference.ts';
import type { ReportedRun } from './reportedRun.ts';

const none: Comparisons = { comparisons: [], leftOut: [] };

/**
 * The variants of a run against its first one, with the blind ratings of their answers. None for a run of one model, and for a
 * part of a run, which is not compared before the parts are joined.
 */
export async function ownComparisons(report: ReportedRun): Promise<Comparisons> {
	const { runId, variants, ratings = [] } = report.run;
	if (variants.filter(({ isModel }) => isModel).length < 2) {
		return none;
	}
	const { shard, ...compared } = await comparableReport(report);
	if (shard) {
		return none;
	}
	try {
		const { comparisons, leftOut } = compareWithin(compared);
		return { comparisons: comparisons.map((one) => addPreference(one, { a: runId, b: runId }, ratings)), leftOut };
	} catch (error) {
		// No case was answered by both: that is ordinary for a suite of recorded and other cases, and for one that was stopped.
		if (isAppError(error, 'validation')) {
			return none;
		}
		throw error;
	}
}

/** "A: old, 10 of 16, 39 to 82 % · B: new, 14 of 16, 64 to 97 % · p = 0.216", and what else is to be known. */
export function comparedLine({ a, b, pValue, notes }: Comparison): string {
	const sides = [
		l10n.t('A: {0}', `${a.label}, ${rateText(a)}`),
		l10n.t('B: {0}', `${b.label}, ${rateText(b)}`),
		pValueText(pValue),
	].join(' · ');
	return notes.length === 0 ? sides : `${sides}. ${notes.join(' ')}`;
}

/** Names the variants that no comparison has. */
export function leftOutLine(labels: readonly string[]): string {
	return l10n.t('Not compared, because no case is in common: {0}', labels.join(', '));
}
