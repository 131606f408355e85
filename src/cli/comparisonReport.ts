import type { SuiteRun } from '../common/suiteModel.ts';
import type { Comparisons } from '../suites/compare/compareRuns.ts';
import { comparisonMarkdown } from '../suites/compare/comparisonMarkdown.ts';
import { writeReport, type ReportTarget } from './reports.ts';

type ComparedRun = Pick<SuiteRun, 'runId' | 'suite' | 'suiteName' | 'suiteHash' | 'startedAt' | 'status'>;

/** What comparisons found, for programs and as a document. */
export interface ComparisonReport {
	/** Plain JSON. */
	json: { a: ComparedRun; b: ComparedRun } & Comparisons;
	markdown: string;
}

export function comparisonReport(found: Comparisons, { a, b }: { a: ComparedRun; b: ComparedRun }): ComparisonReport {
	return {
		json: { a: identity(a), b: identity(b), ...found },
		markdown: found.comparisons.map((one) => comparisonMarkdown(one, { a, b })).join('\n'),
	};
}

/** Writes the reports of `--out`, as .json or .md. */
export async function writeComparison(
	{ json, markdown }: ComparisonReport,
	targets: readonly ReportTarget[],
	folder: string,
): Promise<void> {
	const suite = json.b.suiteName;
	const document = { format: 'prompt-workshop-comparison', version: 1, ...json };
	for (const target of targets) {
		const text = target.format === 'json' ? `${JSON.stringify(document, undefined, '\t')}\n` : markdown;
		await writeReport(target.path, suite, [text], folder);
	}
}

function identity({ runId, suite, suiteName, suiteHash, startedAt, status }: ComparedRun): ComparedRun {
	return { runId, suite, suiteName, suiteHash, startedAt, status };
}
