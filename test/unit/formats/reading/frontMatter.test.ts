import assert from 'node:assert/strict';
import { ForeignFile } from '../../../../src/formats/reading/foreignFile.ts';
import { readFrontMatter } from '../../../../src/formats/reading/frontMatter.ts';

describe('the front matter of a file of another tool', () => {
	for (const [name, text] of [
		['with blanks behind its fences', '--- \nname: a\n---\t\nBe brief.\n'],
		['that ends with three dots', '---\nname: a\n...\nBe brief.\n'],
		['after empty lines', '\n \n---\nname: a\n---\nBe brief.\n'],
		['after a byte order mark', '\ufeff---\r\nname: a\r\n---\r\nBe brief.\r\n'],
	] as const) {
		it(`is read ${name}`, () => {
			const { fields, body, isThere } = readFrontMatter(new ForeignFile('a.md', text));
			assert.deepEqual([fields, body, isThere], [{ name: 'a' }, 'Be brief.\n', true]);
		});
	}

	it('does not begin within a text', () => {
		const text = 'Be brief.\n---\nname: a\n---\n';
		assert.equal(readFrontMatter(new ForeignFile('a.md', text)).body, text);
	});
});
