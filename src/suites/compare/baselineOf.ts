import type { RunVariant, SuiteRun } from '../../common/suiteModel.ts';

type Known = Pick<SuiteRun, 'runId' | 'suite' | 'blessedAt'> & { variants: readonly Pick<RunVariant, 'prompt'>[] };

/** The baseline of a run among others: the blessed run of its suite that has one of its prompts. */
export function baselineOf<Run extends Known>(run: Known, others: readonly Run[]): Run | undefined {
	const prompts = new Set(run.variants.map(({ prompt }) => prompt));
	return others
		.filter(({ runId, suite, blessedAt }) => blessedAt !== undefined && suite === run.suite && runId !== run.runId)
		.sort((a, b) => (b.blessedAt ?? '').localeCompare(a.blessedAt ?? ''))
		.find(({ variants }) => variants.some(({ prompt }) => prompts.has(prompt)));
}
