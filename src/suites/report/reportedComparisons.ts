import type { Comparison } from '../../common/comparison.ts';
import { isAppError } from '../../common/errors.ts';
import type { Against } from '../../common/reportPage.ts';
import { compareReports, compareWithin } from '../compare/compareAgainst.ts';
import type { RunWithTrials } from '../compare/compareRuns.ts';
import { plannedOf } from '../compare/side.ts';
import type { LoadedRun } from './reportSource.ts';

export interface ReportedComparisons {
	comparisons: Comparison[];
	leftOut: string[];
	/** Why nothing is compared. */
	problem: string | null;
}

const nothing: ReportedComparisons = { comparisons: [], leftOut: [], problem: null };

/** What a run of several variants is compared with if nothing else is chosen: its first variant. */
export function ownComparison({ run }: Pick<LoadedRun, 'run'>): NonNullable<Against> {
	const [first, second] = run.variants.filter(({ isModel }) => isModel);
	return first && second ? { kind: 'variant', label: first.label } : { kind: 'none' };
}

/** Compares a run with another one or with one of its variants, through the rule of all comparisons. */
export function reportedComparisons(
	loaded: LoadedRun,
	against: NonNullable<Against>,
	other: LoadedRun | undefined,
): ReportedComparisons {
	if (against.kind === 'none') {
		return nothing;
	}
	try {
		const found =
			against.kind === 'variant'
				? compareWithin(comparable(loaded), against.label)
				: other && compareReports(comparable(other), comparable(loaded));
		return found ? { ...found, problem: null } : nothing;
	} catch (error) {
		// Nothing in common is no fault of the report: the rest of it stands.
		if (isAppError(error, 'validation') || isAppError(error, 'not-found')) {
			return { ...nothing, problem: error.message };
		}
		throw error;
	}
}

function comparable({ run, plan, trials }: LoadedRun): RunWithTrials {
	return { run: { ...run, ...plannedOf(plan) }, trials };
}
