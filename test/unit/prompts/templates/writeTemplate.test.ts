import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readTemplate } from '../../../../src/prompts/templates/readTemplate.ts';
import type { PromptTemplate } from '../../../../src/prompts/templates/template.ts';
import { writeTemplate } from '../../../../src/prompts/templates/writeTemplate.ts';
import { fuzz } from '../../../support/fuzz.ts';

const plain: PromptTemplate = {
	title: 'Guide: to "trains"',
	kind: 'assistant',
	variables: [],
	questions: [],
	tools: [],
	promptRole: 'system',
	prompt: 'You help.',
};

describe('the writer of templates', () => {
	it('writes what the reader reads', () => {
		const template: PromptTemplate = {
			...plain,
			description: '# not a comment',
			when: 'A line\n---\nand another',
			variables: [
				{ name: 'a', type: 'text', default: '' },
				{ name: 'b', type: 'text', default: '  two\n\nlines\n' },
				{ name: 'c', type: 'choice', default: 'no', choices: ['no', '1'], note: '- a list?' },
				{ name: 'd', type: 'json', default: '{"a": [1, null]}' },
				{ name: 'e', type: 'number' },
			],
			questions: ['<diff>\n+ a\n</diff>', 'null'],
			tools: [
				{ name: 'get', description: '', inputSchema: { type: 'object' }, results: [{ when: {}, result: '1' }] },
			],
			promptRole: 'user',
			prompt: '\n\n---\n{{a}} {{b}}{{#d}}x{{/d}}\n---\n\\{{kept}}',
		};
		assert.deepEqual(readTemplate(writeTemplate(template)), { template, problems: [] });
		assert.match(writeTemplate(plain), /^---\ntitle: .+\nkind: assistant\n---\n\nYou help\.$/);
	});

	it('writes a schema that two tools share twice, because aliases are refused', () => {
		const inputSchema = { type: 'object', required: ['id'] };
		const tools = ['get', 'put'].map((name) => ({ name, description: '', inputSchema }));
		assert.deepEqual(readTemplate(writeTemplate({ ...plain, tools })).template?.tools, tools);
	});

	const text = fc.string({ unit: 'binary', minLength: 1 }).filter((value) => value.trim() !== '');
	fuzz(
		'keeps any text',
		fc.property(text, text, text, (title, note, prompt) => {
			const template: PromptTemplate = {
				...plain,
				title: title
					.replace(/[\r\n]/g, '-')
					.slice(0, 100)
					.trim(),
				variables: [{ name: 'a', type: 'text', default: note, note }],
				// No tags.
				prompt: prompt.replaceAll('\r\n', '\n').replaceAll('{', '('),
			};
			fc.pre(template.title !== '' && note.length <= 500);
			assert.deepEqual(readTemplate(writeTemplate(template)), { template, problems: [] });
		}),
	);
});
