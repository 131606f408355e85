import { normalQuantile } from './normalQuantile.ts';

/** How often a judge was right about answers that the user rated too. */
export interface JudgeCounts {
	/** Answers that the user passes, and those of them that the judge passes. */
	good: number;
	goodPassed: number;
	/** Answers that the user fails, and those of them that the judge fails. */
	bad: number;
	badFailed: number;
}

/**
 * A pass rate corrected for the errors of the judge who gave the verdicts (Rogan and Gladen, American Journal of Epidemiology
 * 107, 1978, 71), with the interval of Lang and Reiczigel (Preventive Veterinary Medicine 113, 2014, 13), which counts that
 * the judge's errors are estimates too. Null if the judge is no better than a coin, so that nothing can be corrected.
 */
export function roganGladen(
	passed: number,
	of: number,
	{ good, goodPassed, bad, badFailed }: JudgeCounts,
	alpha = 0.05,
): { rate: number; low: number; high: number } | null {
	if (of === 0 || good === 0 || bad === 0 || goodPassed / good + badFailed / bad <= 1) {
		return null;
	}
	const into = (value: number) => Math.min(1, Math.max(0, value));
	const correct = (rate: number, sensitivity: number, specificity: number) =>
		(rate + specificity - 1) / (sensitivity + specificity - 1);
	const rate = into(correct(passed / of, goodPassed / good, badFailed / bad));
	// The interval starts from rates that are drawn towards the middle, as those of Agresti and Coull are.
	const z = -normalQuantile(alpha / 2);
	const [n, nGood, nBad] = [of + z * z, good + 2, bad + 2];
	const seen = (passed + (z * z) / 2) / n;
	const sensitivity = (goodPassed + 1) / nGood;
	const specificity = (badFailed + 1) / nBad;
	const beyondChance = sensitivity + specificity - 1;
	const centre = correct(seen, sensitivity, specificity);
	const sensitivityPart = (sensitivity * (1 - sensitivity)) / nGood;
	const specificityPart = (specificity * (1 - specificity)) / nBad;
	const shift = 2 * z * z * (centre * sensitivityPart - (1 - centre) * specificityPart);
	const variance = (seen * (1 - seen)) / n + centre ** 2 * sensitivityPart + (1 - centre) ** 2 * specificityPart;
	const reach = (z * Math.sqrt(variance)) / beyondChance;
	return { rate, low: into(centre + shift - reach), high: into(centre + shift + reach) };
}
