import * as l10n from '@vscode/l10n';
import type { RatedVariant } from '../../common/comparison.ts';
import { AppError } from '../../common/errors.ts';
import { groupBy } from '../../common/groupBy.ts';
import type { RunVariant, SuiteRun, Trial } from '../../common/suiteModel.ts';
import { passRate } from '../../statistics/passRate.ts';
import type { PlannedRun } from '../plannedRun.ts';
import { latestTrials } from '../latestTrials.ts';

/** What a comparison needs of a trial; a stored one and a summary have it. */
export type ComparableTrial = Pick<Trial, 'trialId' | 'case' | 'variant' | 'verdict' | 'reused'> & {
	/** Without it, an answer is never recognised as that of the other side. */
	requestHash?: string;
};

export type ComparableRun = Pick<SuiteRun, 'status' | 'trials' | 'done'> & {
	variants: Pick<RunVariant, 'label' | 'isModel'>[];
	/** Planned ones, if known. */
	cases?: number;
	/** It was looked at after every case, so that it could stop early. */
	stopsEarly?: boolean;
};

/** The answers of one variant of a run. */
export interface Side {
	label: string;
	/** The run is going on, was stopped while somebody could see how it stood, or could have been at any case. */
	open: { status: 'running' | 'stopped' | 'ended'; cases: number | undefined } | undefined;
	/** The trials that count, by hash of their case. */
	cases: ReadonlyMap<string, ComparableTrial[]>;
}

/** What a comparison needs of a plan. */
export function plannedOf({ cases, stopsEarly }: PlannedRun): Pick<ComparableRun, 'cases' | 'stopsEarly'> {
	return { cases: cases.length, ...(stopsEarly && { stopsEarly }) };
}

/** What a variant has of a run. Rejects the built-in guide with `validation`, whose answers enter no statistic. */
export function sideOf(run: ComparableRun, variant: string | number, trials: readonly ComparableTrial[]): Side {
	const found =
		typeof variant === 'number' ? run.variants[variant] : run.variants.find(({ label }) => label === variant);
	if (!found) {
		throw new AppError('not-found', l10n.t('The run has no variant {0}', variant));
	}
	if (!found.isModel) {
		throw new AppError('validation', l10n.t("'{0}' is not a model, so its answers are not compared", found.label), {
			info: { field: 'variant' },
		});
	}
	const { label } = found;
	const own = latestTrials(trials.filter((trial) => trial.variant === label));
	return { label, open: openOf(run), cases: groupBy(own, ({ case: { hash } }) => hash) };
}

/** A run that ended by itself could not have been ended by what it showed. */
function openOf({ status, done, trials, cases, stopsEarly }: ComparableRun): Side['open'] {
	if (stopsEarly) {
		return { status: status === 'running' ? status : done < trials ? 'stopped' : 'ended', cases };
	}
	return (status === 'running' || status === 'stopped') && done < trials ? { status, cases } : undefined;
}

/** Passed answers and those with a verdict. */
export function verdictCounts(trials: readonly Pick<Trial, 'verdict'>[]): { passed: number; of: number } {
	let [passed, of] = [0, 0];
	for (const { verdict } of trials) {
		passed += verdict === 'pass' ? 1 : 0;
		of += verdict === 'error' ? 0 : 1;
	}
	return { passed, of };
}

/** The pass rate of a side over all its cases. */
export function ratedSide({ label, cases }: Pick<Side, 'label' | 'cases'>): RatedVariant {
	const all = [...cases.values()];
	const { passed, of, rate, interval } = passRate(all.map(verdictCounts));
	const errors = all.reduce((sum, trials) => sum + trials.length, 0) - of;
	return { label, passed, of, errors, rate, interval };
}
