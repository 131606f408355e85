import { pValueText } from '../../../src/statistics/pValueText.ts';
import { compareVariants } from '../../../src/suites/compare/compareRuns.ts';
import { runSuite } from '../../../src/suites/runSuite.ts';
import { AnsweringModels } from './answeringModels.ts';
import { expectedTasks, recordedSuite } from './recordedAb.ts';
import { outcomeOf, suiteContext, suiteUri } from './suiteContext.ts';
import { testSandbox } from './testSandbox.ts';

/** Prints what the comparison of each recorded task finds: answers at once (A) and in steps (B), graded as a suite. */
const sandbox = testSandbox({ limits: { code: 60_000 } });
const models = new AnsweringModels(() => {
	throw new Error('A model was asked');
});
for (const task of Object.keys(expectedTasks)) {
	const source = { uri: suiteUri, name: task, text: recordedSuite(task), format: 'json' as const };
	const found = compareVariants(
		await outcomeOf(runSuite(suiteContext(models, { sandbox }), source)),
		'direct',
		'cot',
	);
	process.stdout.write(`${task}: ${found.sentence} (${found.cases} cases, ${pValueText(found.pValue)})\n`);
}
await sandbox.dispose();
