import type { RatedVariant } from '../../common/comparison.ts';
import type { RunVariant, StoredTrial, SuiteRun } from '../../common/suiteModel.ts';
import type { StoredRatings } from '../blind/ratingFiles.ts';

/** A run as reports show it. Its trials are read one at a time, each time from the beginning. */
export interface ReportedRun {
	run: RunReport;
	/** What it was started with (`RunPins`), as JSON in pieces. */
	pinsText: () => AsyncIterable<string>;
	/** Each trial once, in the order in which they ended. */
	trials: () => AsyncIterable<StoredTrial>;
}

/** The row of a run with the counts of its trials. Plain JSON. */
export type RunReport = Omit<SuiteRun, 'variants'> & {
	variants: VariantReport[];
	/** The blind ratings of its answers; absent if there are none. */
	ratings?: StoredRatings[];
};

export interface VariantReport extends Omit<RunVariant, 'rate' | 'worth'>, RatedVariant {
	/** What the interval counts as one observation: with repeats it is the case. */
	unit: 'answer' | 'case';
}
