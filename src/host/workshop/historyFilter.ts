import type { TestResult } from '../../common/model.ts';
import type { HistoryFilter, HistoryPage } from '../../common/workshopProtocol.ts';

/** Version numbers by version id; the oldest is 1. */
export type VersionNumbers = ReadonlyMap<number, number>;

function numberOf({ versionId }: TestResult, numbers: VersionNumbers): number | undefined {
	return versionId === null ? undefined : numbers.get(versionId);
}

/** The requested model, and the one that answered if it differs: a result is found by both. */
function modelsOf({ model, answeredModel }: TestResult): string[] {
	return answeredModel === null ? [model] : [model, answeredModel];
}

/**
 * Results that match every part of the filter. Words are searched in the question, the beginning of the answer and the
 * notes.
 */
export function filterResults(
	results: readonly TestResult[],
	filter: HistoryFilter,
	numbers: VersionNumbers,
): TestResult[] {
	const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
	return results.filter((result) => {
		const { userRating, topic, query, responsePreview, notes } = result;
		if (filter.rating < 0 ? userRating !== null : (userRating ?? 0) < filter.rating) {
			return false;
		}
		if (filter.topic !== '' && topic !== filter.topic) {
			return false;
		}
		if (filter.model !== '' && !modelsOf(result).includes(filter.model)) {
			return false;
		}
		if (filter.version !== 0 && numberOf(result, numbers) !== filter.version) {
			return false;
		}
		const text = words.length === 0 ? '' : `${query}\n${responsePreview}\n${notes ?? ''}`.toLowerCase();
		return words.every((word) => text.includes(word));
	});
}

/** The values to filter by: topics and models by name, versions newest first. */
export function filterValues(results: readonly TestResult[], numbers: VersionNumbers): HistoryPage['values'] {
	const versions = new Set(results.flatMap((result) => numberOf(result, numbers) ?? []));
	return {
		topics: [...new Set(results.map(({ topic }) => topic))].sort(),
		models: [...new Set(results.flatMap(modelsOf))].sort(),
		versions: [...versions].sort((a, b) => b - a),
	};
}
