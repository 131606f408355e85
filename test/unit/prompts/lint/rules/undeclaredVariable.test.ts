import assert from 'node:assert/strict';
import { fixed, marked } from '../../../../support/lintCase.ts';

describe('undeclared-variable', () => {
	const variables = [
		{ name: 'a', type: 'text' as const },
		{ name: 'items', type: 'json' as const },
	];

	it('marks each tag whose variable is not declared', () => {
		const text = '{{a}} {{b}} {{#items}}{{key}}{{/items}} {{#c}}{{d.e}}{{/c}} {{b.x | upper}} \\{{f}}';
		assert.deepEqual(marked('undeclared-variable', text, { variables }), ['{{b}}', '{{#c}}', '{{b.x | upper}}']);
	});

	it('says nothing of a text whose variables are not known', () => {
		assert.deepEqual(marked('undeclared-variable', '{{b}}'), []);
		assert.deepEqual(marked('undeclared-variable', '{{b}}', { variables: [] }), ['{{b}}']);
	});

	it('keeps as text what is marked', () => {
		assert.equal(fixed('undeclared-variable', 'Use {{b}}.', { variables }), 'Use \\{{b}}.');
	});
});
