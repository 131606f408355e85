import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isAppError } from '../../../src/common/errors.ts';
import { importFile } from '../../../src/formats/importFile.ts';
import { checkImported, suitesOf } from '../../support/formats/importText.ts';
import { diskFolder } from '../../support/formats/folders.ts';

/** Real files of other tools; not part of the project. */
const root = resolve(import.meta.dirname, '../../..', process.env['SHARED_DATA'] ?? '../shared', 'data/formats');

/** By file: the format, drafts, variables of the first, cases of the suites, fixtures. */
const expected: Readonly<Record<string, readonly [string, number, string, number, number]>> = {
	'agents/create-prompt.prompt.md': ['prompt-file', 1, '', 0, 0],
	'agents/devils-advocate.agent.md': ['agent', 1, '', 0, 0],
	'agents/nextjs-tailwind.instructions.md': ['instructions', 1, '', 0, 0],
	'agents/planner.agent.md': ['agent', 1, '', 0, 0],
	'always-on/AGENTS.md': ['markdown', 1, '', 0, 0],
	'awesome-prompts/prompts.csv': ['awesome', 5, '', 0, 0],
	'inspect/popularity-log.json': ['inspect', 1, '', 3, 1],
	'inspect/security_guide.jsonl': ['inspect', 0, '', 16, 0],
	'langfuse/prompt-chat.json': ['langfuse', 1, 'product ticket', 0, 0],
	'langfuse/prompt-text.json': ['langfuse', 1, 'criticLevel movie', 0, 0],
	'langsmith/examples.csv': ['langsmith', 0, '', 2, 0],
	'langsmith/examples.jsonl': ['langsmith', 1, 'system', 3, 1],
	'sharegpt/sharegpt.json': ['sharegpt', 1, '', 0, 1],
	'waza/eval.yaml': ['waza', 0, '', 1, 0],
	'waza/tasks/explain-python-recursion.yaml': ['waza', 0, '', 1, 0],
	'copilot/prompt-override.yaml': ['copilot-override', 1, '', 0, 0],
	'copilot/three-prompts.chatreplay.json': ['copilot-log', 2, '', 0, 1],
	'dotprompt/07-multi-turn-history.prompt': ['dotprompt', 1, 'newMessage', 0, 0],
	'dotprompt/valid-customer-support.prompt': ['dotprompt', 1, 'name company email', 0, 0],
	'otel/genai-messages.json': ['otel', 1, '', 0, 1],
	'otel/otlp-trace.json': ['otel', 1, '', 0, 1],
	'prompty/basic.prompty': ['prompty', 1, 'firstName lastName question', 0, 0],
	'prompty/chat.prompty': ['prompty', 1, 'documentation customer question history', 0, 0],
	'prompty/friendliness.prompty': ['prompty', 1, 'response', 1, 0],
	'prompty/structured.prompty': ['prompty', 1, 'text', 0, 0],
	'gh-models/bug-review.prompt.yml': ['prompt-yml', 1, 'input', 0, 0],
	'gh-models/failing_test_prompt.yml': ['prompt-yml', 1, 'input', 2, 0],
	'gh-models/json_schema_prompt.yml': ['prompt-yml', 1, 'animal', 3, 0],
	'gh-models/sample_prompt.yml': ['prompt-yml', 1, 'input', 2, 0],
	'gh-models/simple.prompt.yml': ['prompt-yml', 1, 'a b', 0, 0],
	'openai-evals/create.json': ['openai-evals', 0, '', 0, 0],
	'openai-evals/dashboard-output-items.jsonl': ['openai-evals', 0, '', 4, 0],
	'openai-evals/data.jsonl': ['openai-evals', 0, '', 3, 0],
	'openai-evals/output-items.api.json': ['openai-evals', 1, '', 2, 1],
	'openai-evals/registry-samples.jsonl': ['openai-evals', 1, '', 2, 0],
	'promptfoo/own-full/promptfooconfig.yaml': ['promptfoo', 2, 'product ticket', 12, 0],
	'promptfoo/self-grading/promptfooconfig.yaml': ['promptfoo', 2, 'name question', 2, 0],
	'promptfoo/self-grading/tests.csv': ['promptfoo', 0, '', 10, 0],
	'promptfoo/simple-csv/promptfooconfig.yaml': ['promptfoo', 2, 'language body', 4, 0],
	'promptfoo/simple-csv/tests.csv': ['promptfoo', 0, '', 4, 0],
	'skills/basic-skill/SKILL.md': ['skill', 1, '', 1, 0],
	'skills/basic-skill/evals/evals.json': ['skill', 0, '', 1, 0],
	'skills/internal-comms/SKILL.md': ['skill', 1, '', 0, 0],
};

/** Files that are wrong on purpose, and where. */
const broken: Readonly<Record<string, string>> = {
	'dotprompt/error-invalid-yaml.prompt': 'Line 7, column 3',
};

/** Files that others refer to, and notes. */
const parts = /(?:^|\/)(?:INDEX\.md|NOTICE\.md|LICENSE[^/]*|prompts\.txt|revenue\.csv)$/;

describe('real files of other tools', () => {
	before(function () {
		if (!existsSync(root)) {
			this.skip();
		}
	});

	for (const [file, [format, drafts, variables, cases, fixtures]] of Object.entries(expected)) {
		it(`are read: ${file}`, async () => {
			const path = join(root, file);
			const imported = await importFile(basename(path), readFileSync(path, 'utf8'), diskFolder(dirname(path)));
			await checkImported(imported);
			const suites = await suitesOf(imported);
			assert.deepEqual(
				[
					imported.format,
					imported.drafts.length,
					imported.drafts[0]?.variables.map(({ name }) => name).join(' ') ?? '',
					suites.reduce((sum, suite) => sum + suite.cases.length, 0),
					imported.fixtures.length,
				],
				[format, drafts, variables, cases, fixtures],
			);
			assert.doesNotMatch(JSON.stringify(imported), /example\.invalid|azure_endpoint/);
		});
	}

	it('give a run with its results: inspect/popularity-log.json', async () => {
		const text = readFileSync(join(root, 'inspect/popularity-log.json'), 'utf8');
		const { runs = [], report } = await importFile('popularity-log.json', text, diskFolder(root));
		assert.deepEqual(
			runs.map(({ label, status, reason, trials }) => [
				[label, status, reason],
				trials.map(({ verdict, usage, latencyMs }) => [verdict, usage?.inputTokens, latencyMs]),
			]),
			[
				[
					[
						'openai/gpt-4o-mini (graded by Inspect)',
						'stopped',
						'Imported from a log of Inspect, with its own grades. The run is "cancelled", and the log has 3 of its 3 samples',
					],
					[
						['pass', 64, 546],
						['pass', 58, 1659],
						['fail', 70, 528],
					],
				],
			],
		);
		assert.ok(
			report.some(
				({ note }) => note === 'The log says accuracy 0.6667 (the same here), stderr 0.3333 (the same here)',
			),
		);
	});

	it('are all looked at', () => {
		const known = new Set(Object.keys(expected));
		const files = globSync('**/*', { cwd: root, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) =>
				join(entry.parentPath, entry.name)
					.slice(root.length + 1)
					.replaceAll('\\', '/'),
			)
			.filter((file) => !parts.test(file));
		assert.deepEqual(files.filter((file) => !known.has(file)).sort(), Object.keys(broken).sort());
	});

	for (const [file, place] of Object.entries(broken)) {
		it(`are refused with their place: ${file}`, async () => {
			const path = join(root, file);
			await assert.rejects(
				importFile(basename(path), readFileSync(path, 'utf8'), diskFolder(dirname(path))),
				(thrown) => isAppError(thrown, 'validation') && thrown.message.startsWith(place),
			);
		});
	}
});
