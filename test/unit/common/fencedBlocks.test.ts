import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fencedBlocks, lastBlock } from '../../../src/common/fencedBlocks.ts';
import { holds } from '../../support/fuzz.ts';

function contents(markdown: string): string[] {
	return fencedBlocks(markdown).map((block) => block.content);
}

describe('fencedBlocks', () => {
	it('finds nothing where there is no fence', () => {
		assert.deepEqual(fencedBlocks(''), []);
		assert.deepEqual(fencedBlocks('# Title\n\nText with `code` and ``more``.\n\n    indented code\n'), []);
	});

	it('gives language, content and offsets of a closed block', () => {
		const markdown = 'Here it is:\n\n```markdown title="x"\n# Role\n\nYou are …\n```\nDone.';
		const [block, ...others] = fencedBlocks(markdown);
		assert.deepEqual(others, []);
		assert.deepEqual(block, {
			language: 'markdown',
			content: '# Role\n\nYou are …',
			start: 13,
			end: markdown.indexOf('\nDone.'),
			closed: true,
		});
		assert.equal(markdown.slice(block?.start, block?.end), '```markdown title="x"\n# Role\n\nYou are …\n```');
	});

	it('keeps a shorter fence inside a longer one as text', () => {
		assert.deepEqual(contents('````md\n```js\nx\n```\n````'), ['```js\nx\n```']);
		assert.deepEqual(contents('~~~~~\n~~~\na\n~~~\n~~~~~~'), ['~~~\na\n~~~']);
	});

	it('ends a block at the first fence that is long enough, as CommonMark does', () => {
		const blocks = fencedBlocks('```\na\n```\nb\n```\nc\n```');
		assert.deepEqual(
			blocks.map((block) => block.content),
			['a', 'c'],
		);
	});

	it('does not let the other fence character, or a closing fence with text, end a block', () => {
		assert.deepEqual(contents('```\na\n~~~\nb\n``` x\nc\n```'), ['a\n~~~\nb\n``` x\nc']);
	});

	it('takes tilde fences with backticks in the info string, and no backtick fence with them', () => {
		assert.deepEqual(contents('~~~ js `x` ~~~\na\n~~~'), ['a']);
		assert.deepEqual(contents('``` `x`\na'), []);
	});

	it('removes the indentation of the opening fence, up to three spaces, from each line', () => {
		assert.deepEqual(contents('   ```\n   a\n     b\n c\n   ```'), ['a\n  b\nc']);
		assert.deepEqual(contents('    ```\n    a\n    ```'), []);
	});

	it('does not end a block at a closing fence indented by four spaces', () => {
		const [block] = fencedBlocks('```\na\n    ```\nb');
		assert.equal(block?.content, 'a\n    ```\nb');
		assert.equal(block.closed, false);
	});

	it('marks a block that ends with the text as not closed', () => {
		for (const [markdown, content] of [
			['```\nabc', 'abc'],
			['```\nabc\n', 'abc'],
			['```', ''],
			['```\n', ''],
			['> ```\n>', ''],
			['````\nabc\n```', 'abc\n```'],
		] as const) {
			const [block] = fencedBlocks(markdown);
			assert.equal(block?.closed, false, JSON.stringify(markdown));
			assert.equal(block.content.trimEnd(), content);
		}
	});

	it('ends a block with its list item or quote', () => {
		const blocks = fencedBlocks('> ```\n> a\n\nb\n\n- ```\n  c\n\nd\n\n1. e\n\n   ```x\n   f\n\n     g\n   ```\n');
		assert.deepEqual(
			blocks.map(({ language, content, closed }) => ({ language, content, closed })),
			[
				{ language: '', content: 'a', closed: false },
				{ language: '', content: 'c\n', closed: false },
				{ language: 'x', content: 'f\n\n  g', closed: true },
			],
		);
	});

	it('finds fences behind tags, which the page shows as text, and none in indented code', () => {
		assert.deepEqual(
			contents('<pre>\n```\na\n```\n</pre>\n\n<!--\n```\nb\n```\n-->\n\n- c\n\n      ```\n      d\n'),
			['a', 'b'],
		);
		const tagged = 'Here it is:\n\n<prompt>\n```text\nYou sort mails.\n```\n</prompt>\n\nTell me what to change.';
		assert.deepEqual(contents(tagged), ['You sort mails.']);
	});

	describe('with a language inside an open block', () => {
		const inner = '# Role\n\n```json\n{"category": "billing"}\n```\n\n## Rules\n- Never invent.';

		it('begin a block of their own, so that the outer one ends at its own fence', () => {
			const markdown = `Here it is:\n\n\`\`\`markdown\n${inner}\n\`\`\`\n\nI kept the tone.`;
			const [block, ...others] = fencedBlocks(markdown);
			assert.deepEqual([block?.content, block?.closed, others], [inner, true, []]);
		});

		it('may stand in each other, in quotes and in lists', () => {
			assert.deepEqual(contents('```a\n```b\n```c\n1\n```\n2\n```\n3\n```\n4'), [
				'```b\n```c\n1\n```\n2\n```\n3',
			]);
			assert.deepEqual(contents('> ```md\n> ```js\n> x\n> ```\n> y\n> ```\n\nz'), ['```js\nx\n```\ny']);
			assert.deepEqual(contents('- ```md\n  ```js\n  x\n  ```\n  y\n  ```\n\nz'), ['```js\nx\n```\ny']);
		});

		it('count only where they could end the block', () => {
			for (const line of ['~~~js', '``js', '``` js', '    ```js', '```j`s']) {
				assert.deepEqual(contents(`\`\`\`md\n${line}\nx\n\`\`\`\ny`), [`${line}\nx`], line);
			}
			assert.deepEqual(contents('````md\n```js\nx\n````\ny'), ['```js\nx']);
			assert.deepEqual(contents('```md\n````js\nx\n```\n````\ny\n```\nz'), ['````js\nx\n```\n````\ny']);
		});

		it('leave a block open whose own end does not come', () => {
			const [block, ...others] = fencedBlocks('```md\na\n```json\n{}\n```\nb');
			assert.deepEqual([block?.content, block?.closed, others], ['a\n```json\n{}\n```\nb', false, []]);
		});
	});

	it('interrupts a paragraph', () => {
		assert.deepEqual(contents('text\n```\na\n```\ntext'), ['a']);
	});

	it('resolves entities and escapes in the language', () => {
		assert.equal(fencedBlocks('``` f&ouml;&ouml;\\_x y\na\n```')[0]?.language, 'föö_x');
	});

	it('counts offsets in the given text, whatever its line ends are', () => {
		const markdown = 'é😀\r\n\r\n```\r\na\r\nb\r\n```\r\nafter';
		const [block] = fencedBlocks(markdown);
		assert.equal(block?.content, 'a\nb');
		assert.equal(markdown.slice(block.start, block.end), '```\r\na\r\nb\r\n```');
	});

	it('tells an empty line from no line', () => {
		const [empty, blank] = fencedBlocks('```\n```\n\n```\n\n```');
		assert.deepEqual([empty?.content, empty?.closed, blank?.content, blank?.closed], ['', true, '', true]);
	});

	it('stays quick on deep nesting and on many unclosed fences', function () {
		this.timeout(2000);
		assert.deepEqual(contents(`${'> '.repeat(5000)}\`\`\`\na`), []);
		assert.equal(fencedBlocks('```\na\n```\n'.repeat(5000)).length, 5000);
		assert.equal(fencedBlocks('```x\n```y\n```\n'.repeat(5000)).length, 1);
	});
});

describe('lastBlock', () => {
	it('is the last of several, also when it is not closed', () => {
		assert.equal(lastBlock('```\na\n```\n\n```\nb\n```')?.content, 'b');
		assert.equal(lastBlock('```\na\n```\n\n~~~text\nb')?.content, 'b');
		assert.equal(lastBlock('no block'), undefined);
	});

	it('gives back any text that was wrapped in a long enough fence', () => {
		const pieces = fc.oneof(
			fc.string({ unit: 'grapheme' }),
			fc.string({ unit: fc.constantFrom('`', '~', '\n', '\r', '>', '-', ' ', '\t', '<', 'a', '1', '.', '\0') }),
		);
		holds(
			fc.property(pieces, fc.constantFrom('`', '~'), pieces, (text, mark, before) => {
				const longest = Math.max(2, ...Array.from(text.matchAll(/`+|~+/g), (run) => run[0].length));
				const fence = mark.repeat(longest + 1);
				const introduction = before.replace(/[`~<>\r\n\t-]|\d/g, ' ').trim();
				const block = lastBlock(`${introduction}\n\n${fence}markdown\n${text}\n${fence}\n`);
				const normalised = `${text}\n`.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
				assert.equal(`${block?.content}\n`, normalised);
				assert.equal(block?.closed, true);
				assert.equal(block.language, 'markdown');
			}),
			{ numRuns: 300 },
		);
	});
});
