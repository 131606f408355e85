import * as l10n from '@vscode/l10n';
import type { ImportedTrial } from '../imported.ts';
import type { Findings } from '../reading/findings.ts';
import { isRecord, recordsOf, scalarText, type Fields } from '../reading/values.ts';

/** Metrics that are rounded in the log may differ by so much. */
const tolerance = 0.0005;

/**
 * Says which metrics a log states, and whether the results that were read of it give the same: accuracy and mean are the mean
 * of the samples, each the mean of its epochs, and stderr is the standard error of that mean.
 */
export function metricNotes(results: unknown, trials: readonly ImportedTrial[], findings: Findings): void {
	for (const { name, scorer, reducer, metrics } of recordsOf(isRecord(results) ? results['scores'] : undefined)) {
		const what = scalarText(name) ?? 'results';
		const own = [what, `${scalarText(scorer) ?? ''}.${what}`]
			.map((metric) => sampleMeans(trials, metric))
			.find(({ length }) => length > 0);
		const isMean = reducer === undefined || reducer === null || reducer === 'mean';
		const said = Object.entries(isRecord(metrics) ? metrics : {}).flatMap(([metric, stated]) => {
			if (!isRecord(stated) || typeof stated['value'] !== 'number' || !Number.isFinite(stated['value'])) {
				return [];
			}
			const value = stated['value'];
			const here = own && isMean ? computed(metric, stated, own) : undefined;
			const text = `${metric} ${shown(value)}`;
			return [
				here === undefined
					? text
					: Math.abs(here - value) <= tolerance
						? l10n.t('{0} (the same here)', text)
						: l10n.t('{0} (here {1})', text, shown(here)),
			];
		});
		if (said.length > 0) {
			findings.kept(what, l10n.t('The log says {0}', said.join(', ')));
		}
	}
}

function shown(value: number): string {
	return value.toLocaleString('en', { maximumFractionDigits: 4 });
}

/** The mean score of each case that has one. */
function sampleMeans(trials: readonly ImportedTrial[], metric: string): number[] {
	const scores = new Map<number, number[]>();
	for (const { case: position, assertions } of trials) {
		const found = assertions.find((one) => one.metric === metric && !one.error);
		if (found) {
			scores.set(position, [...(scores.get(position) ?? []), found.score]);
		}
	}
	return [...scores.values()].map(mean);
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function computed(metric: string, { params }: Fields, values: readonly number[]): number | undefined {
	const middle = mean(values);
	if (metric === 'accuracy' || metric === 'mean') {
		return middle;
	}
	const isClustered = isRecord(params) && (params['cluster'] ?? null) !== null;
	if (metric !== 'stderr' || isClustered || values.length < 2) {
		return undefined;
	}
	const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
	return Math.sqrt(squares / (values.length - 1) / values.length);
}
