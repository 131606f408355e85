import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportFiles } from '../../../src/formats/exportFiles.ts';
import { suiteText, type SuiteContent } from '../../../src/formats/suiteText.ts';
import { expectedTasks, recordedCases, recordedSuite } from '../../support/suites/recordedAb.ts';
import { promptfooProgram, runPromptfoo } from '../../support/suites/runPromptfoo.ts';

const draft = {
	name: 'exam',
	text: 'You answer questions.',
	kind: 'assistant' as const,
	variables: [],
	tools: [],
	promptRole: 'system' as const,
};

/** Needs promptfoo, which the project does not install: `PROMPTFOO_FOLDER=<where npm install promptfoo was run>`. */
describe('an export for promptfoo', function () {
	this.timeout(300_000);
	let program: string;
	let folder: string;
	before(async function () {
		const found = promptfooProgram();
		if (found === undefined) {
			this.skip();
		}
		program = found;
		folder = await mkdtemp(join(tmpdir(), 'promptfoo-'));
	});
	after(async () => {
		if (folder) {
			await rm(folder, { recursive: true });
		}
	});

	for (const [task, { n, passes }] of Object.entries(expectedTasks)) {
		it(`gives promptfoo's own engine the verdicts that ours gives: ${task}`, async () => {
			const { defaults } = JSON.parse(recordedSuite(task)) as Pick<SuiteContent, 'defaults'>;
			const cases = recordedCases(task).map(({ id, input, target, cot }) => ({
				name: id,
				query: input,
				expected: target.trim().replace(/\.$/, ''),
				output: cot,
			}));
			const suite: SuiteContent = { ...(defaults && { defaults }), cases };
			const { files } = exportFiles({ draft, suites: [{ name: task, text: suiteText(suite) }] }, 'promptfoo');
			// Without a provider nothing is evaluated, not even answers that are there.
			await writeFile(join(folder, 'config.yaml'), `${files[0]?.text ?? ''}providers: [echo]\n`);
			await runPromptfoo(program, folder, ['-c', 'config.yaml', '-o', 'result.json']);
			const { results } = JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')) as {
				results: { stats: { successes: number; failures: number; errors: number } };
			};
			const { successes, failures, errors } = results.stats;
			assert.deepEqual([successes, failures, errors], [passes.cot, n - passes.cot, 0]);
		});
	}
});
