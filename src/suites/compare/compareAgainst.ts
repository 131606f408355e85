import * as l10n from '@vscode/l10n';
import type { Comparison } from '../../common/comparison.ts';
import { AppError } from '../../common/errors.ts';
import { compareRuns, type RunWithTrials } from './compareRuns.ts';
import { compareWithBaseline } from './compareSides.ts';
import { pairCases } from './pairCases.ts';
import { sideOf, type Side } from './side.ts';

/** Comparisons with one baseline, and the variants that are in none of them. */
export interface Comparisons {
	comparisons: Comparison[];
	leftOut: string[];
}

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
 * given label, or the only variant of A if B has several others. Rejects as `compareRuns` and `sideOf` do.
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
	const isOneEach = ofA.length === 1 && ofB.length === 1;
	const leftOut = isOneEach ? [] : [...new Set([...ofA, ...ofB])].filter((one) => !shared.includes(one));
	return { comparisons: [compareRuns(a, b)], leftOut };
}

function against(baseline: Side, others: readonly Side[]): Comparisons {
	const isPaired = (other: Side) => pairCases([{ a: baseline, b: other }]).paired.length > 0;
	const paired = others.filter(isPaired);
	// With nothing to compare, the rule says why.
	const compared = paired.length > 0 ? paired : others.slice(0, 1);
	return {
		comparisons: compareWithBaseline(baseline, compared),
		leftOut: others.filter((other) => !compared.includes(other)).map(({ label }) => label),
	};
}

function labelsOf({ run }: RunWithTrials): string[] {
	return run.variants.filter(({ isModel }) => isModel).map(({ label }) => label);
}

function side({ run, trials }: RunWithTrials, label: string): Side {
	return sideOf(run, label, trials);
}
