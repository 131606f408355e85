import assert from 'node:assert/strict';
import { filedMetadata, readPromptMetadata, versionedMetadata } from '../../../src/prompts/promptMetadata.ts';

const empty = {
	kind: 'research',
	tags: [],
	folder: '',
	favourite: false,
	variables: [],
	tools: [],
	promptRole: 'system',
	questions: [],
	testForm: { vars: {} },
};

describe('the metadata of a prompt', () => {
	it('of a record that has none is that of a research prompt without variables', () => {
		assert.deepEqual(readPromptMetadata({}), empty);
		assert.deepEqual(readPromptMetadata({ committed_as: 'analyst' }), empty);
	});

	it('is read field by field: what cannot be read gets its default and spoils nothing else', () => {
		const read = readPromptMetadata({
			kind: 'oracle',
			tags: ['billing', 7, null],
			questions: ['Where is it?', 3],
			folder: 3,
			favourite: 'yes',
			variables: [{ name: 'customer', type: 'colour', note: 'Who asks' }, { type: 'text' }, 'x'],
			tools: [{ name: 'get_order', inputSchema: [] }],
			promptRole: 'assistant',
			testForm: { topic: 'Orders', limit: 'many', thinking: 'deep', vars: 4 },
		});
		assert.deepEqual(read, {
			...empty,
			tags: ['billing'],
			questions: ['Where is it?'],
			variables: [{ name: 'customer', type: 'text', note: 'Who asks' }],
			tools: [{ name: 'get_order', description: '', inputSchema: {} }],
			testForm: { topic: 'Orders', limit: undefined, thinking: undefined, vars: {} },
		});
	});

	it('keeps fields of an entry that it does not know', () => {
		const variables = [{ name: 'n', type: 'number', unit: 'days' }];
		assert.deepEqual(readPromptMetadata({ variables }).variables, variables);
	});

	it('has a part that is versioned with the text, and one that a new prompt takes over', () => {
		const stored = { kind: 'agent', tags: ['a'], folder: 'x', favourite: true, variables: [], committed_as: 'y' };
		assert.deepEqual(versionedMetadata(stored), { kind: 'agent', variables: [] });
		assert.deepEqual(filedMetadata(stored), { kind: 'agent', variables: [], tags: ['a'], folder: 'x' });
	});
});
