import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { replaceableTurns } from '../../../src/common/labState.ts';
import { assemblePrompt } from '../../../src/common/assemblePrompt.ts';
import { toModelMessages } from '../../../src/runs/modelMessages.ts';
import { normaliseFixture } from '../../../src/lab/normaliseFixture.ts';
import { parseFixture } from '../../../src/lab/parseFixture.ts';

const folder = 'fixtures/lab';
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const schema = JSON.parse(readFileSync('media/fixture.schema.json', 'utf8')) as object;
const validate = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true }).compile(schema);
const accepts = (json: unknown) => validate(json) || assert.fail(JSON.stringify(validate.errors));

describe('the bundled fixtures', () => {
	const fixtures = files.map((file) => parseFixture(readFileSync(`${folder}/${file}`), `bundled/${file}`));

	it('are at least six conversations in three sections, and one assessment', () => {
		const sections = fixtures.filter(({ type }) => type === 'conversations').flatMap((fixture) => fixture.sections);
		assert.ok(sections.length >= 3);
		assert.ok(sections.flatMap(({ conversations }) => conversations).length >= 6);
		assert.ok(fixtures.some(({ type }) => type === 'assessment'));
		assert.equal(new Set(fixtures.map(({ name }) => name)).size, fixtures.length);
	});

	for (const [index, file] of files.entries()) {
		it(`${file} fits the schema and can be replayed`, () => {
			accepts(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')));
			const fixture = fixtures[index];
			assert.ok(fixture?.description && fixture.module);
			for (const { instructions, context, conversations, items } of fixture.sections) {
				const prompt = assemblePrompt({ base: fixture.baseSystemPrompt, instructions, context });
				assert.ok(prompt.length >= 50);
				assert.ok(conversations.length + (items?.length ?? 0) > 0);
				for (const { label, messages } of conversations) {
					assert.ok(replaceableTurns(messages).length > 0, label);
					assert.equal(toModelMessages(messages)[0]?.role, 'user');
				}
			}
		});
	}
});

describe('the schema of fixture files', () => {
	const messages = [{ role: 'user', content: 'q' }];

	it('accepts every form that the Lab reads', () => {
		accepts({ sections: [{ conversations: [{ messages }] }] });
		accepts({ instructions: 'i', context: 'c', conversations: [{ label: 'l', messages }] });
		accepts({ systemPrompt: 'p', messages });
		accepts({ systemPrompt: { base: 'b', instructions: 'i' }, previousContent: 'c', messages });
		accepts({
			type: 'assessment',
			sections: [{ instructions: 'r', items: [{ question: 'q', answer: 'a', expected: 3 }] }],
		});
		accepts({ type: 'assessment', items: [{ question: 'q', answer: 'a', expected: 'good' }] });
		accepts({
			messages: [
				{
					role: 'assistant',
					content: [
						{ type: 'thinking', text: 't' },
						{ type: 'tool-call', name: 'n', input: { a: [1] } },
						{ type: 'tool-result', content: 'c', isError: true },
					],
				},
			],
		});
	});

	for (const [what, json] of [
		['a list', []],
		['nothing to replay', { name: 'x' }],
		['an unknown role', { messages: [{ role: 'system', content: 'x' }] }],
		['content that is a number', { messages: [{ role: 'user', content: 3 }] }],
		['an unknown part', { messages: [{ role: 'user', content: [{ type: 'image', text: '' }] }] }],
		['an item without an answer', { type: 'assessment', items: [{ question: 'q' }] }],
		['an unknown type', { type: 'poem', messages }],
	] as const) {
		it(`refuses ${what}, as the Lab does`, () => {
			assert.equal(validate(json), false);
			assert.throws(() => normaliseFixture(json, 'x'));
		});
	}
});
