import type { TestResult } from '../../common/model.ts';
import type { HistoryFilter, HistoryPage } from '../../common/workshopProtocol.ts';

/** Numbers of prompt versions by their id, the oldest being 1. */
export type VersionNumbers = ReadonlyMap<number, number>;

function numberOf({ versionId }: TestResult, numbers: VersionNumbers): number | undefined {
	return versionId === null ? undefined : numbers.get(versionId);
}

/** The model that was asked, and the one that answered where it is another: a result is found by both. */
function modelsOf({ model, answeredModel }: TestResult): string[] {
	return answeredModel === null ? [model] : [model, answeredModel];
}

/** Results that fit every part of the filter; text is looked for in question, answer's beginning and notes. */
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

/** What can be filtered by: topics and models by name, versions newest first. */
export function filterValues(results: readonly TestResult[], numbers: VersionNumbers): HistoryPage['values'] {
	const versions = new Set(results.flatMap((result) => numberOf(result, numbers) ?? []));
	return {
		topics: [...new Set(results.map(({ topic }) => topic))].sort(),
		models: [...new Set(results.flatMap(modelsOf))].sort(),
		versions: [...versions].sort((a, b) => b - a),
	};
}
