import assert from 'node:assert/strict';
import { marked } from '../../../../support/lintCase.ts';

describe('placeholder', () => {
	it('finds what still needs to be filled in', () => {
		const text = 'TODO: ask. You work for [insert company], <your name>.';
		assert.deepEqual(marked('placeholder', text), ['TODO', '[insert company]', '<your name>']);
	});

	it('leaves words that are only named, and code, alone', () => {
		const text = 'Mark it as TBD. Search for TODO comments.\n```\n[your name]\n```\n`TODO:`';
		assert.deepEqual(marked('placeholder', text), []);
		assert.deepEqual(marked('placeholder', 'Limits: TBD\n- TODO\n'), ['TBD', 'TODO']);
	});

	it('leaves links and ordinary words alone', () => {
		assert.deepEqual(
			marked('placeholder', 'See [your article](url). todo lists are fine, and so is {{company}}.'),
			[],
		);
	});
});
