import assert from 'node:assert/strict';
import { marked } from '../../../../support/lintCase.ts';

describe('placeholder', () => {
	it('finds what still needs to be filled in', () => {
		const text = 'TODO: ask. You work for [insert company], <your name>.';
		assert.deepEqual(marked('placeholder', text), ['TODO', '[insert company]', '<your name>']);
	});

	it('leaves links and ordinary words alone', () => {
		assert.deepEqual(
			marked('placeholder', 'See [your article](url). todo lists are fine, and so is {{company}}.'),
			[],
		);
	});
});
