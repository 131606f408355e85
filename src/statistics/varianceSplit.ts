/** Where the scores of a variant vary, as variances; null where nothing was repeated, so that the part is in the one before. */
export interface VarianceSplit {
	/** Between cases: some are harder. */
	case: number;
	/** Between answers to the same case. */
	answer: number | null;
	/** Between gradings of the same answer. */
	judge: number | null;
}

/**
 * Splits the variance of scores into that of cases, of answers and of gradings, by the method of moments of a nested analysis
 * of variance (Searle, Casella and McCulloch, Variance Components, 1992, chapter 3). `scores[case][answer][grading]`. A part
 * that comes out below 0 is 0. Null with fewer than two cases.
 */
export function varianceSplit(scores: readonly (readonly (readonly number[])[])[]): VarianceSplit | null {
	const cases = scores
		.map((answers) => answers.filter(({ length }) => length > 0))
		.filter(({ length }) => length > 0);
	if (cases.length < 2) {
		return null;
	}
	const judge = pooledVariance(cases.flat());
	const answerMeans = cases.map((answers) => answers.map(mean));
	const betweenAnswers = pooledVariance(answerMeans);
	const gradings = harmonicMean(cases.flat().map(({ length }) => length));
	const answer = betweenAnswers === null ? null : Math.max(0, betweenAnswers - (judge ?? 0) / gradings);
	const answers = harmonicMean(cases.map(({ length }) => length));
	// What the means of the cases vary has the parts below in it, divided by how often they were averaged.
	const betweenCases = pooledVariance([answerMeans.map(mean)]) ?? 0;
	const below = betweenAnswers === null ? (judge ?? 0) / gradings : betweenAnswers;
	return { case: Math.max(0, betweenCases - below / answers), answer, judge };
}

/** The variance within groups; null if no group has two values. */
function pooledVariance(groups: readonly (readonly number[])[]): number | null {
	let [squares, freedom] = [0, 0];
	for (const group of groups) {
		const middle = mean(group);
		squares += group.reduce((sum, value) => sum + (value - middle) ** 2, 0);
		freedom += group.length - 1;
	}
	return freedom === 0 ? null : squares / freedom;
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function harmonicMean(values: readonly number[]): number {
	return values.length / values.reduce((sum, value) => sum + 1 / value, 0);
}
