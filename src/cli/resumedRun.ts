import type { SuiteRun } from '../common/suiteModel.ts';
import { graders } from '../suites/graders/all.ts';
import type { SuiteSource } from '../suites/planRun.ts';
import { readSuite } from '../suites/readSuite.ts';
import type { RunRecords } from '../suites/suiteContext.ts';
import { isRecorded } from '../suites/trialOrder.ts';
import { readBeside } from './suiteFiles.ts';

/**
 * The run that `--resume` goes on with: the newest of its command, so that `grade` never asks a model, and `run` does not take
 * recorded answers for those that it was to ask for. Undefined if there is none.
 */
export async function resumedRun(
	records: Pick<RunRecords, 'list'>,
	source: SuiteSource,
	{ isGrade, folder }: { isGrade: boolean; folder: string },
): Promise<SuiteRun | undefined> {
	const runs = await records.list({ suite: source.uri });
	if (isGrade) {
		return runs.find((one) => !asksModels(one));
	}
	return runs.find(asksModels) ?? ((await hasOnlyRecorded(source, folder)) ? runs[0] : undefined);
}

function asksModels({ variants }: SuiteRun): boolean {
	return variants.some(({ model }) => model !== null);
}

/** Such a suite is the same run with both commands. */
async function hasOnlyRecorded({ text, format, uri }: SuiteSource, folder: string): Promise<boolean> {
	const { suite } = await readSuite(text, { format, graders, readFile: (file) => readBeside(file, uri, folder) });
	return suite?.cases.every(isRecorded) ?? false;
}
