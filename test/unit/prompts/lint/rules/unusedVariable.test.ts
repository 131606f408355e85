import assert from 'node:assert/strict';
import { findingsOf } from '../../../../support/lintCase.ts';

describe('unused-variable', () => {
	const variables = ['a', 'b', 'c'].map((name) => ({ name, type: 'text' as const }));

	it('names each variable that stands nowhere in the text', () => {
		const messages = findingsOf('unused-variable', 'First\n{{a.x}} \\{{b}} {{^c}}{{/c}}', { variables });
		assert.deepEqual(
			messages.map(({ message, start, end }) => [message, start, end]),
			[['The variable "b" is declared and not used: write {{b}}, or remove it', 0, 5]],
		);
	});

	it('finds nothing where all are used, or none is known', () => {
		assert.deepEqual(findingsOf('unused-variable', '{{a}}{{b}}{{c}}', { variables }), []);
		assert.deepEqual(findingsOf('unused-variable', 'text'), []);
	});
});
