import assert from 'node:assert/strict';
import { findingsOf } from '../../../../support/lintCase.ts';

describe('too-short', () => {
	it('warns of a text under 50 characters and mentions an empty one and one under 100', () => {
		const found = ['', 'Cite.', `Cite. ${'x'.repeat(60)}`].map((text) =>
			findingsOf('too-short', text).map(({ severity, end }) => [severity, end]),
		);
		assert.deepEqual(found, [[['information', 0]], [['warning', 5]], [['information', 66]]]);
	});

	it('finds nothing in a text of 100 characters', () => {
		assert.deepEqual(findingsOf('too-short', 'x'.repeat(100)), []);
	});
});
