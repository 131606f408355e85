import { comparisonMarkdown } from '../../suites/compare/comparisonMarkdown.ts';
import { compareStoredRuns } from '../../suites/compare/storedComparison.ts';
import type { SuiteContext } from '../../suites/suiteContext.ts';

/** What identifies the document of a comparison: the ids of both runs. */
export function comparisonKey(runA: string, runB: string): string {
	return `${runA} ${runB}`;
}

/** The document of a comparison. */
export async function comparisonDocument(
	context: Pick<SuiteContext, 'records' | 'files'>,
	key: string,
): Promise<{ text: string; origin: { runs: string[] } }> {
	const [runA = '', runB = ''] = key.split(' ');
	const [a, b] = await Promise.all([context.records.get(runA), context.records.get(runB)]);
	return {
		text: comparisonMarkdown(await compareStoredRuns(context, runA, runB), { a, b }),
		origin: { runs: [runA, runB] },
	};
}
