import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { topicToolNames, type ToolDefinition } from '../../../../src/common/tools.ts';
import { lintPrompt } from '../../../../src/prompts/lint/lintPrompt.ts';
import { readTemplate } from '../../../../src/prompts/templates/readTemplate.ts';
import { shippedTemplates } from '../../../../src/prompts/templates/shippedTemplates.ts';
import { renderPrompt } from '../../../../src/prompts/variables/renderPrompt.ts';
import { parseTemplate } from '../../../../src/prompts/variables/parseTemplate.ts';
import { unusedVariables } from '../../../../src/prompts/variables/variableNames.ts';
import { graders } from '../../../../src/suites/graders/all.ts';
import { readSuite } from '../../../../src/suites/readSuite.ts';
import { renderCase } from '../../../../src/suites/renderCase.ts';
import type { Suite } from '../../../../src/suites/suite.ts';
import { defaultPrompt } from '../../../../src/workshop/defaultPrompt.ts';
import { checkDraftName, checkPromptTitle, checkTestQuery } from '../../../../src/workshop/rules.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const folder = join(root, 'media', 'templates');
const text = (name: string) => readFileSync(join(folder, name), 'utf8');

const templates = shippedTemplates.map((id) => {
	const { template, problems } = readTemplate(text(`${id}.md`));
	assert.ok(template, `${id}: ${JSON.stringify(problems)}`);
	return { id, template };
});

async function suiteOf(id: string): Promise<Suite> {
	const { suite, problems } = await readSuite(text(`${id}.prompttest.yaml`), {
		format: 'yaml',
		graders,
		readFile: async (path) => assert.fail(`${id} names the file ${path}`),
	});
	assert.deepEqual(problems, []);
	assert.ok(suite);
	return suite;
}

const words = (prompt: string) => prompt.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** Sentences and list items of more than eight words, without markup and case. */
const longSentences = (prompt: string) =>
	prompt
		.split(/(?<=[.!?:;])\s|\n+/)
		.map((sentence) =>
			sentence
				.toLowerCase()
				.replace(/[^\p{L}\p{N} ]+/gu, ' ')
				.replace(/\s+/g, ' ')
				.trim(),
		)
		.filter((sentence) => sentence.split(' ').length > 8);

describe('the templates that ship', () => {
	it('are those of the folder, each with its suite', () => {
		assert.deepEqual(
			readdirSync(folder).sort(),
			shippedTemplates.flatMap((id) => [`${id}.md`, `${id}.prompttest.yaml`]).sort(),
		);
		assert.ok(templates.length >= 14);
	});

	const guide = readFileSync(join(root, 'media/docs/templates.md'), 'utf8');

	it('have a form of which their guide shows an example', () => {
		const example = /```markdown\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
		const { template, problems } = readTemplate(example);
		assert.deepEqual(problems, []);
		assert.equal(template?.variables.length, 1);
	});

	it('are those of the table in their guide, with title and kind', () => {
		const rows = [...guide.matchAll(/^\| `([\w-]+)` *\| ([^|]+?) *\| (\w+) *\|/gm)].map((match) => match.slice(1));
		assert.deepEqual(
			rows,
			templates.map(({ id, template }) => [id, template.title, template.kind]),
		);
	});

	it('share no long sentence with each other or with the default prompt', () => {
		const seen = new Map<string, string>(
			longSentences(defaultPrompt.content).map((sentence) => [sentence, 'default']),
		);
		assert.ok(seen.size > 20);
		for (const { id, template } of templates) {
			for (const sentence of new Set(longSentences(template.prompt))) {
				assert.equal(seen.get(sentence), undefined, `${id} repeats "${sentence}"`);
				seen.set(sentence, id);
			}
		}
	});

	it('have titles and notes of their own', () => {
		for (const field of ['title', 'description', 'when'] as const) {
			assert.equal(new Set(templates.map(({ template }) => template[field])).size, templates.length);
		}
	});

	for (const { id, template } of templates) {
		describe(id, () => {
			const rendered = renderPrompt(template.prompt, template.variables, {});

			it('says what it is, and when to use it', () => {
				assert.ok((template.description ?? '').length > 40 && (template.description ?? '').length <= 500);
				assert.ok((template.when ?? '').length > 40);
				checkDraftName(template.title);
				checkPromptTitle(template.title);
			});

			it('renders with its defaults, and uses all of its variables', () => {
				assert.ok(!('problems' in rendered), JSON.stringify(rendered));
				assert.deepEqual(unusedVariables(parseTemplate(template.prompt), template.variables), []);
				assert.ok(template.variables.length >= 3);
			});

			it('is precise, and not too long to read', () => {
				assert.ok('text' in rendered);
				const count = words(rendered.text);
				assert.ok(count >= 150 && count <= 600, `${count} words`);
				assert.match(rendered.text, /^# Role\n\nYou /);
				assert.match(rendered.text, /\n# (?:Output|Answer|Form)\n/);
				assert.match(rendered.text, /\n# Edge cases\n/);
			});

			for (const form of ['source', 'rendered'] as const) {
				it(`lints clean as ${form}`, () => {
					const prompt = form === 'source' || !('text' in rendered) ? template.prompt : rendered.text;
					const found = lintPrompt(prompt, {
						kind: template.kind,
						tools: template.tools.map(({ name }) => name),
						variables: form === 'source' ? template.variables : [],
					});
					assert.deepEqual(found, []);
				});
			}

			it('has three questions that a test takes', () => {
				assert.equal(new Set(template.questions).size, 3);
				for (const question of template.questions) {
					checkTestQuery(question);
				}
			});

			it('names every tool that it has', () => {
				assert.equal(template.tools.length > 0, template.kind === 'agent');
				const known = template.kind === 'research' ? topicToolNames : template.tools.map(({ name }) => name);
				for (const name of known) {
					if (template.kind === 'agent' || name === 'enhanced_database_search') {
						assert.ok(template.prompt.includes(`\`${name}\``), name);
					}
				}
			});

			it('has a suite of two cases with assertions', async () => {
				const suite = await suiteOf(id);
				assert.equal(suite.cases.length, 2);
				for (const suiteCase of suite.cases) {
					const { query, messages, assert: assertions } = renderCase(suiteCase);
					assert.equal((query === undefined) !== (messages === undefined), true);
					assert.ok(query === undefined || query.length >= 10);
					assert.ok(suiteCase.assert.length > 0);
					for (const { type, value } of assertions) {
						if (type === 'regex') {
							assert.doesNotThrow(() => new RegExp(String(value)));
						}
					}
				}
				assert.equal(suite.topic !== undefined, template.kind === 'research');
				const described = ({ name, description, inputSchema }: ToolDefinition) => ({
					name,
					description,
					inputSchema,
				});
				assert.deepEqual(suite.tools.map(described), template.tools.map(described));
				const { tools = [] } = parse(text(`${id}.prompttest.yaml`)) as { tools?: unknown };
				assert.deepEqual(tools, template.tools);
			});

			it('has a suite that gives every variable its default', async () => {
				const bare = template.variables.map(({ name, type, choices = [] }) => ({ name, type, choices }));
				for (const { vars } of (await suiteOf(id)).cases) {
					assert.deepEqual(renderPrompt(template.prompt, bare, vars), rendered);
				}
			});
		});
	}
});
