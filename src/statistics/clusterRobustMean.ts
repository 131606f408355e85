import { studentQuantile } from './studentQuantile.ts';

export interface ClusterRobustMean {
	mean: number;
	standardError: number;
	/** Clusters less one. */
	degreesOfFreedom: number;
	low: number;
	high: number;
}

/**
 * Mean of answers that come in clusters, such as repeats of a case, with an error that counts the clusters and not the answers
 * (Miller, arXiv 2411.00640, with the factor C / (C - 1) for C clusters) and the interval of Student's t with C - 1 degrees of
 * freedom. Null with fewer than two clusters. For experts: a pass rate is shown with `passRate`, which stays between 0 and 1.
 */
export function clusterRobustMean(
	values: readonly number[],
	clusters: readonly (number | string)[],
	alpha = 0.05,
): ClusterRobustMean | null {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const residuals = new Map<number | string, number>();
	for (const [index, value] of values.entries()) {
		const cluster = clusters[index] ?? '';
		residuals.set(cluster, (residuals.get(cluster) ?? 0) + value - mean);
	}
	const degreesOfFreedom = residuals.size - 1;
	if (degreesOfFreedom < 1) {
		return null;
	}
	const squares = [...residuals.values()].reduce((sum, residual) => sum + residual * residual, 0);
	const standardError = Math.sqrt((squares * residuals.size) / degreesOfFreedom) / values.length;
	const reach = studentQuantile(1 - alpha / 2, degreesOfFreedom) * standardError;
	return { mean, standardError, degreesOfFreedom, low: mean - reach, high: mean + reach };
}
