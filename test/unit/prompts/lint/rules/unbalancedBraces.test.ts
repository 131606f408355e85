import assert from 'node:assert/strict';
import { marked } from '../../../../support/lintCase.ts';

describe('unbalanced-braces', () => {
	it('finds braces that do not pair on their line', () => {
		assert.deepEqual(marked('unbalanced-braces', 'For {{audience}}, {{tone\nand }} or {{a}}.'), ['{{', '}}']);
	});

	it('finds nothing in pairs and single braces', () => {
		assert.deepEqual(marked('unbalanced-braces', '{{a}} {{#b}}{{c}}{{/b}} { "a": 1 }'), []);
	});

	it('lets a comment cross lines', () => {
		assert.deepEqual(marked('unbalanced-braces', '{{! a\n{{b\n}} {{c}}'), []);
		assert.deepEqual(marked('unbalanced-braces', '{{! a\nb'), ['{{']);
	});
});
