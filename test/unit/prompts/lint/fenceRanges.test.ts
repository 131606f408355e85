import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fencedBlocks } from '../../../../src/common/fencedBlocks.ts';
import { fenceRanges } from '../../../../src/prompts/lint/fenceRanges.ts';
import { textLines } from '../../../../src/prompts/lint/textLines.ts';
import { holds } from '../../../support/fuzz.ts';

const parsed = (text: string) =>
	fencedBlocks(text).map(({ language, start, end, closed }) => ({ language, start, end, closed }));
const scanned = (text: string) =>
	fenceRanges(text, textLines(text)).map(({ language, start, end, closed }) => ({ language, start, end, closed }));

describe('fenceRanges', () => {
	for (const text of [
		'a\n```json\n{}\n```\nb',
		'```\na',
		'~~~~md\n~~~\na\n~~~\n~~~~',
		'````\n```js\n```\n````',
		'- item\n\n  ```\n  a\n  ```\n- next\n  ~~~\n  b\nc',
		'1. item\n   ```\n   a\n2. next',
		'- - ```\n    a\n    ```\n',
		'> ```\n> a\n> ```\nb',
		'> ```\n> a\n\nb\n```\nc\n```',
		'   ```\n   a\n   ```',
		'text\n\n    ```\n    code by indentation\n',
		'```a`b\n',
		'```\r\na\r\n```\r\nb',
		'```python\nprint(1)\n```',
		'- a\n\t```\n\tb\n\t```\n',
	]) {
		it(`finds what the parser finds in ${JSON.stringify(text)}`, () => {
			assert.deepEqual(scanned(text), parsed(text));
		});
	}

	it('finds what the parser finds in any mix of fences and paragraphs', () => {
		const line = fc.constantFrom(
			'a',
			'',
			'```',
			'~~~',
			'````',
			'```json',
			'   ```',
			'- item',
			'# b',
			'a ``` b',
			'``` x `',
		);
		holds(
			fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
				// The parser does not count an empty last line.
				const text = lines.join('\n').trimEnd();
				assert.deepEqual(scanned(text), parsed(text));
			}),
			{ numRuns: 500 },
		);
	});
});
