import assert from 'node:assert/strict';
import { suitePrompts, withoutSuitePrompts, withSuitePrompts } from '../../../../src/formats/importing/suitePrompts.ts';

const one = `# tests of mail
description: Mail
prompt: draft:Mail sorter # the first
cases:
  - query: "prompt: draft:Mail sorter"
`;
const several = `prompt:
  - draft:a
  - "draft:b"
cases: []
`;

describe('the prompts that a suite names', () => {
	it('are found, one or several', () => {
		assert.deepEqual(suitePrompts(one), ['draft:Mail sorter']);
		assert.deepEqual(suitePrompts(several), ['draft:a', 'draft:b']);
		for (const text of ['cases: []', '', '{', 'prompt: {a: b}', 'prompt: 3']) {
			assert.deepEqual(suitePrompts(text), [], text);
		}
	});

	it('are replaced, and nothing else', () => {
		assert.equal(
			withSuitePrompts(one, new Map([['draft:Mail sorter', 'draft:7']])),
			one.replace('prompt: draft:Mail sorter', 'prompt: "draft:7"'),
		);
		assert.equal(
			withSuitePrompts(several, new Map([['draft:b', 'draft:12']])),
			several.replace('"draft:b"', '"draft:12"'),
		);
		assert.equal(withSuitePrompts(several, new Map([['draft:c', 'x']])), several);
	});

	it('are taken out with their lines', () => {
		assert.equal(withoutSuitePrompts(one), one.replace(/prompt: draft.*first\n/, ''));
		assert.equal(withoutSuitePrompts(several), 'cases: []\n');
		assert.equal(withoutSuitePrompts('cases: []\n'), 'cases: []\n');
	});
});
