import type { TrialSummary } from '../suiteContext.ts';

/** Returns a function that lets the trials of a case share its name, its hash and its question, which saves memory. */
export function sharedParts(): (summary: TrialSummary) => TrialSummary {
	const firsts = new Map<number, TrialSummary>();
	const variants = new Map<string, string>();
	return (summary) => {
		const variant = variants.get(summary.variant);
		if (variant === undefined) {
			variants.set(summary.variant, summary.variant);
		} else {
			summary.variant = variant;
		}
		const first = firsts.get(summary.case.index);
		if (first?.case.hash !== summary.case.hash || first.case.name !== summary.case.name) {
			firsts.set(summary.case.index, summary);
			return summary;
		}
		summary.case = first.case;
		if (summary.query === first.query) {
			summary.query = first.query;
		}
		return summary;
	};
}
