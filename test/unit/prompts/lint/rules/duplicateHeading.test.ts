import assert from 'node:assert/strict';
import { findingsOf, marked } from '../../../../support/lintCase.ts';

describe('duplicate-heading', () => {
	it('finds the same heading twice below one parent, and names the first line', () => {
		const text = '\n# Style\nx\n# Tools\ny\n# style\nz';
		assert.deepEqual(marked('duplicate-heading', text), ['# style']);
		assert.match(findingsOf('duplicate-heading', text)[0]?.message ?? '', /line 2/);
	});

	it('leaves headings of other sections and code alone', () => {
		assert.deepEqual(marked('duplicate-heading', '\n# A\n## Style\nx\n# B\n## Style\ny\n```\n# A\n```\n'), []);
	});
});
