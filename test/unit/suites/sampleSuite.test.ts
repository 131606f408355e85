import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runSuite } from '../../../src/suites/runSuite.ts';
import { AnsweringModels } from '../../support/suites/answeringModels.ts';
import { outcomeOf, suiteContext, suiteUri } from '../../support/suites/suiteContext.ts';
import { testSandbox } from '../../support/suites/testSandbox.ts';
import { projectRoot } from '../../support/vscode/projectRoot.ts';

describe('the suite of the sample workspace', function () {
	this.timeout(60_000);
	it('tells the two versions of its prompt apart, and asks no model', async () => {
		const sandbox = testSandbox();
		const models = new AnsweringModels(() => {
			throw new Error('A model was asked');
		});
		const text = await readFile(
			join(projectRoot, 'fixtures/sample-workspace/prompts/triage.prompttest.yaml'),
			'utf8',
		);
		const source = { uri: suiteUri, name: 'triage', text, format: 'yaml' as const };
		const { run, trials } = await outcomeOf(runSuite(suiteContext(models, { sandbox }), source));
		await sandbox.dispose();
		assert.deepEqual(
			run.variants.map(({ label, passed, failed, errors }) => [label, passed, failed, errors]),
			[
				['first version', 10, 6, 0],
				['with rules', 14, 2, 0],
			],
		);
		const lost = trials.filter(({ variant, verdict }) => variant === 'with rules' && verdict === 'fail');
		assert.deepEqual(lost.map((trial) => trial.case.name).sort(), ['a short one', 'opening hours']);
	});
});
