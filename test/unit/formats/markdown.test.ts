import assert from 'node:assert/strict';
import { renderPrompt } from '../../../src/prompts/variables/renderPrompt.ts';
import { importText, reportOf, suitesOf } from '../../support/formats/importText.ts';

describe('Markdown files of agents', () => {
	it('are prompts as they stand, also with braces', async () => {
		const text = 'Write {{ user.name }} and \\{{x}} and {% if a %} and {{#open}} and ${{ matrix.os }}, {{{raw}}}.';
		const { drafts, report } = await importText('AGENTS.md', `${text}\n`);
		assert.deepEqual(drafts.length, 1);
		const rendered = renderPrompt(drafts[0]?.text ?? '', [], {});
		assert.deepEqual(rendered, { text, values: {} });
		assert.deepEqual(
			report.map(({ outcome }) => outcome),
			['changed'],
		);
	});

	it('without front matter that is closed are refused with their place', async () => {
		await assert.rejects(
			importText('x.agent.md', '---\nname: x\n\nText'),
			/^AppError: Line 1, column 1: The front matter is not closed/,
		);
		await assert.rejects(
			importText('x.agent.md', '---\nname: x\ntools: [a\n---\nText'),
			/^AppError: Line 4, column 1|Line 3/,
		);
		await assert.rejects(
			importText('x.agent.md', '---\nname: x\nname: y\n---\nText'),
			/Line 3, column 1: The field "name" is there twice/,
		);
	});

	it('set no server and start nothing [attack 2]', async () => {
		const { drafts, report } = await importText(
			'x.agent.md',
			'---\nhooks:\n  PostToolUse: [{ command: "rm -rf /" }]\nmcp-servers: { a: { url: "https://example.invalid" } }\n---\nText\n',
		);
		assert.doesNotMatch(JSON.stringify(drafts), /example|rm -rf/);
		assert.deepEqual(
			report.map(({ line, what, outcome }) => [line, what, outcome]),
			[
				[2, 'hooks', 'dropped'],
				[4, 'mcp-servers', 'dropped'],
				[undefined, 'x.agent.md', 'changed'],
			],
		);
	});

	it('of which nothing can be used say why', async () => {
		await assert.rejects(
			importText('evals.json', '{"skill_name": "a", "evals": [{"id": 1}]}'),
			/None of the evals can be used/,
		);
	});

	it('that are skills bring their evals, and read nothing outside [attack 9]', async () => {
		const imported = await importText(
			'SKILL.md',
			'---\nname: a\ndescription: b\n---\nSee [x](../../secret/y.md) and `ref/z.md`.\n',
			{ 'evals/evals.json': '{"evals": [{"id": "one", "prompt": "p", "assertions": ["It is \\"p\\"."]}]}' },
		);
		const [suite] = await suitesOf(imported);
		assert.deepEqual(
			suite?.cases.map(({ name, query, assert: [first] }) => [name, query, first?.type, first?.value]),
			[['one', 'p', 'llm-rubric', 'It is "p".']],
		);
		assert.deepEqual(suite.prompts, ['draft:a']);
		assert.match(reportOf(imported).join('\n'), /ref\/z\.md: .*not beside it/);
	});
});
