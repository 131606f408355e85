import * as l10n from '@vscode/l10n';
import type { ComparedCase, Comparison, ComparisonVerdict, RatedVariant } from '../../common/comparison.ts';
import { AppError } from '../../common/errors.ts';
import { adjustFamily, type Adjustment } from '../../statistics/adjustFamily.ts';
import { compareAlwaysValid } from '../../statistics/alwaysValid.ts';
import { compare, type Compared } from '../../statistics/compare.ts';
import { comparisonSentence, plannedDifference } from '../../statistics/comparisonSentence.ts';
import { effectiveCases } from '../../statistics/effectiveCases.ts';
import { casesNeeded } from '../../statistics/furtherCases.ts';
import { comparisonNotes } from './comparisonNotes.ts';
import { pairCases, type PairedCase, type PairedCases, type SidePair } from './pairCases.ts';
import { ratedSide, type Side } from './side.ts';

/** Two sides with their cases side by side. */
interface Prepared {
	a: RatedVariant;
	b: RatedVariant;
	cases: PairedCases;
	open: Side['open'];
	rule: Comparison['rule'];
}

interface Level {
	/** The adjusted p-value, if there are several comparisons. */
	pValue?: number;
	level: number;
	family: number;
}

const usual: Level = { level: 0.05, family: 1 };

/** Compares B with A. Rejects with `validation` if no case has answers with a verdict from both. */
export function compareSides(a: Side, b: Side): Comparison {
	return concluded(prepared({ a, b }), usual);
}

/**
 * Compares each pair, the chance of any false verdict at 5 % in all (Holm), or on request the expected share of false ones
 * among those found. Rejects as `compareSides` does.
 */
export function comparePairs(pairs: readonly SidePair[], method: Adjustment = 'holm'): Comparison[] {
	const all = pairs.map(prepared);
	const adjusted = adjustFamily(
		all.map((one) => ruled(one, usual.level).pValue),
		usual.level,
		method,
	);
	return all.map((one, index) => concluded(one, { ...usual, ...adjusted[index], family: all.length }));
}

function prepared(pair: SidePair): Prepared {
	const { a, b } = pair;
	const cases = pair.cases ?? pairCases(pair);
	if (cases.paired.length === 0) {
		throw new AppError(
			'validation',
			cases.inError.length + cases.reused.length > 0
				? l10n.t('Nothing to compare: no case has its own answer with a verdict from both')
				: l10n.t('Nothing to compare: there is no case that both have answered'),
		);
	}
	const open = b.open ?? a.open;
	return { a: ratedSide(a), b: ratedSide(b), cases, open, rule: open ? 'always-valid' : 'fixed' };
}

/** The one place where a comparison is decided. */
function ruled({ cases: { paired }, rule }: Prepared, alpha: number): Compared {
	const differences = paired.map(({ difference }) => difference);
	if (rule === 'always-valid') {
		return compareAlwaysValid(differences, alpha);
	}
	const { b, c, n } = effectiveCases(differences);
	return compare(b, c, n, alpha);
}

const words: Record<Compared['verdict'], ComparisonVerdict> = { 1: 'better', 0: 'not-told-apart', [-1]: 'worse' };

function concluded(side: Prepared, { pValue, level, family }: Level): Comparison {
	const { a, b, rule, open, cases: pairs } = side;
	const { paired, ...rest } = pairs;
	const found = ruled(side, level);
	const more = found.verdict === 0 ? moreCases(paired, rule) : undefined;
	const improved = paired.filter(({ difference }) => difference > 0);
	const regressed = paired.filter(({ difference }) => difference < 0);
	const both = paired.filter(({ difference, passed }) => difference === 0 && passed >= 0.5).length;
	const comparison = {
		a,
		b,
		cases: paired.length,
		both,
		onlyA: regressed.length,
		onlyB: improved.length,
		neither: paired.length - both - improved.length - regressed.length,
		difference: found.difference,
		interval: found.interval,
		pValue: pValue ?? found.pValue,
		verdict: words[found.verdict],
		...(more !== undefined && { moreCases: more }),
		rule,
		family,
		level,
		worth: effectiveCases(paired.map(({ difference }) => difference)).n,
		improved: improved.map(named),
		regressed: regressed.map(named),
		...rest,
	};
	return { ...comparison, sentence: comparisonSentence(comparison), notes: comparisonNotes(comparison, open) };
}

/** Cases to add so that the planned difference is seen four times out of five; undefined if there are enough. */
function moreCases(paired: readonly PairedCase[], rule: Comparison['rule']): number | undefined {
	const counts = effectiveCases(paired.map(({ difference }) => difference));
	// What one case is worth stays as it is.
	const needed = casesNeeded(counts, plannedDifference).needed * (paired.length / counts.n);
	const more = Math.ceil(needed) - paired.length;
	// The price of looking all the time.
	return more > 0 ? more * (rule === 'always-valid' ? 2 : 1) : undefined;
}

function named({ name, hash }: ComparedCase): ComparedCase {
	return { name, hash };
}
