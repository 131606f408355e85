import type { Verdict } from '../../common/suiteModel.ts';

/** How often each case is asked with the whole prompt. */
export const baselineRepeats = 5;
/** How often a verdict that differs without a rule is asked for again, before it counts. */
export const confirmations = 2;

/**
 * The verdict of answers that all agree; undefined if they do not, one is an error, or some are missing. A rule has changed a
 * case if `baselineRepeats` answers to the whole prompt agree, and `1 + confirmations` without the rule agree on the opposite.
 * A case that passes with probability p whatever the rule says does that by chance with p^5 (1 - p)^3 + (1 - p)^5 p^3, at most
 * 1 in 128 (at p = 1/2).
 */
export function stableVerdict(verdicts: readonly Verdict[], answers: number): 'pass' | 'fail' | undefined {
	const [first] = verdicts;
	const agree = verdicts.length >= answers && verdicts.every((verdict) => verdict === first);
	return agree && first !== 'error' ? first : undefined;
}
