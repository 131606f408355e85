import assert from 'node:assert/strict';
import { findingsOf, marked } from '../../../../support/lintCase.ts';

describe('unbalanced-tags', () => {
	it('finds sections that are not closed or not open', () => {
		assert.deepEqual(marked('unbalanced-tags', '<rules>\nBe brief.\n\n# More\n'), ['<rules>']);
		assert.deepEqual(marked('unbalanced-tags', 'Be brief.\n</rules>\n'), ['</rules>']);
		assert.deepEqual(marked('unbalanced-tags', '<a>\n<b>\nText\n</a>\n'), ['<b>']);
		assert.deepEqual(marked('unbalanced-tags', '<rules>\nBe brief.\n</rule>\n'), ['<rules>', '</rule>']);
		assert.match(findingsOf('unbalanced-tags', '<a>\nText')[0]?.message ?? '', /section <a> is not closed/);
	});

	for (const text of [
		'<rules>\nBe brief.\n</rules>',
		'<a x="1">\n<b>c</b>\n</a>',
		'Put the answer into <answer> tags.\nEnd with </answer>.',
		'<answer>one line\n</answer>',
		'```\n<rules>\n```\nUse `<rules>` sections.',
		'Text<br>\n<hr>\n<p>\nText',
		'Fill in this form:\n<headline>\n<summary>\n',
		'Use Array<string> where a < b > c.',
		'<empty/>\n',
	]) {
		it(`leaves ${JSON.stringify(text)} alone`, () => {
			assert.deepEqual(marked('unbalanced-tags', text), []);
		});
	}
});
