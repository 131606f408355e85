import assert from 'node:assert/strict';
import { marked } from '../../../../support/lintCase.ts';

describe('open-fence', () => {
	it('finds a code block that is not closed', () => {
		assert.deepEqual(marked('open-fence', 'Answer like this:\n```json\n{}\n'), ['```json']);
		assert.deepEqual(marked('open-fence', '> ```\n> a\n\nb'), ['> ```']);
	});

	it('leaves closed and nested ones alone', () => {
		assert.deepEqual(marked('open-fence', '```json\n{}\n```\n~~~~md\n~~~\na\n~~~\n~~~~\n'), []);
		assert.deepEqual(marked('open-fence', '- item\n\n  ```\n  a\n  ```\n- next'), []);
	});
});
