import assert from 'node:assert/strict';
import { metadataDifferences } from '../../../src/prompts/metadataDifferences.ts';

describe('the differences of two prompts besides their texts', () => {
	const variables = [
		{ name: 'tone', type: 'text', default: 'plain' },
		{ name: 'limit', type: 'number' },
	];

	it('are none between equal ones, and between an absent field and its default', () => {
		assert.deepEqual(metadataDifferences({ kind: 'agent', variables }, { variables, kind: 'agent' }), []);
		assert.deepEqual(metadataDifferences({}, { kind: 'research', variables: [] }), []);
	});

	it('name the kind, the role, and new, changed and removed variables and tools', () => {
		const after = {
			kind: 'agent',
			promptRole: 'user',
			variables: [
				{ ...variables[0], default: 'warm' },
				{ name: 'audience', type: 'text' },
			],
			tools: [{ name: 'refund', description: '', inputSchema: {} }],
		};
		assert.deepEqual(metadataDifferences({ kind: 'assistant', variables }, after), [
			'kind (assistant → agent)',
			'role (system → user)',
			'variables (~tone, +audience, −limit)',
			'tools (+refund)',
		]);
	});

	it('leave out what is not versioned with the text', () => {
		assert.deepEqual(metadataDifferences({ tags: ['a'], folder: 'x' }, { favourite: true }), []);
	});

	it('count the names beyond the tenth', () => {
		const many = Array.from({ length: 12 }, (_, index) => ({ name: `v${index}`, type: 'text' }));
		const [text] = metadataDifferences({}, { variables: many });
		assert.match(text ?? '', /^variables \(\+v0, .*\+v9, 2 more\)$/);
	});
});
