import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { comparedPairs, compareRunVariants, type Comparisons, type RunWithTrials } from './compareRuns.ts';
import { sideOf, type Side } from './side.ts';

/**
 * The variants of a run against one of them, the first unless a label is given, adjusted with Holm. Those that have no case in
 * common with it are left out. Rejects as `sideOf` does.
 */
export function compareWithin(report: RunWithTrials, label?: string): Comparisons {
	const labels = labelsOf(report);
	const baseline = label ?? labels[0];
	if (baseline === undefined) {
		throw new AppError('validation', l10n.t('A run without answers of a model cannot be compared'));
	}
	const others = labels.filter((one) => one !== baseline).map((one) => side(report, one));
	return against(side(report, baseline), others);
}

/**
 * Run B against run A: the variants that both have, or all variants of B against one of A, adjusted with Holm. That one is the
 * given label, or the only variant of A if B has several others. Rejects as `compareRunVariants` and `sideOf` do.
 */
export function compareReports(a: RunWithTrials, b: RunWithTrials, label?: string): Comparisons {
	const [ofA, ofB] = [labelsOf(a), labelsOf(b)];
	const shared = ofA.filter((one) => ofB.includes(one));
	const baseline = label ?? (shared.length === 0 && ofA.length === 1 && ofB.length > 1 ? ofA[0] : undefined);
	if (baseline !== undefined && ofB.length > 0) {
		return against(
			side(a, baseline),
			ofB.map((one) => side(b, one)),
		);
	}
	return compareRunVariants(a, b);
}

function against(baseline: Side, others: readonly Side[]): Comparisons {
	return comparedPairs(
		others.map((other) => ({ a: baseline, b: other })),
		others,
	);
}

function labelsOf({ run }: RunWithTrials): string[] {
	return run.variants.filter(({ isModel }) => isModel).map(({ label }) => label);
}

function side({ run, trials }: RunWithTrials, label: string): Side {
	return sideOf(run, label, trials);
}
