import assert from 'node:assert/strict';
import { marked } from '../../../../support/lintCase.ts';

const mixed = '# Role\nx\n# Style\ny\n<rules>\nz\n</rules>\n<examples>\nw\n</examples>';
const model = 'google/gemini-3-pro';

describe('gemini-mixed-structure', () => {
	it('mentions it once for Gemini', () => {
		assert.deepEqual(marked('gemini-mixed-structure', mixed, { model }), ['<rules>']);
	});

	it('says nothing to other models and of one format', () => {
		assert.deepEqual(marked('gemini-mixed-structure', mixed, { model: 'openai/gpt-5' }), []);
		assert.deepEqual(marked('gemini-mixed-structure', '# Role\nx\n# Style\ny', { model }), []);
		assert.deepEqual(
			marked('gemini-mixed-structure', '# Role\nx\n<document>\n{{document}}\n</document>', { model }),
			[],
		);
	});
});
