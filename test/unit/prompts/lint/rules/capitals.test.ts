import assert from 'node:assert/strict';
import { findingsOf, marked } from '../../../../support/lintCase.ts';

const loud =
	'You MUST greet. NEVER joke. ALWAYS sign. It is CRITICAL to be brief. ONLY answer in German. IMPORTANT: no slang.';

describe('capitals', () => {
	it('mentions once that too many words are in capitals, and how many', () => {
		assert.deepEqual(marked('capitals', loud), ['MUST']);
		assert.match(findingsOf('capitals', loud)[0]?.message ?? '', /^6 words/);
	});

	it('leaves a few, and abbreviations, alone', () => {
		assert.deepEqual(
			marked(
				'capitals',
				'You MUST greet. NEVER joke. Write JSON for the REST API over HTTP, as SQL or CSV or XML.',
			),
			[],
		);
		assert.deepEqual(marked('capitals', loud + ' Answer each question in plain words.'.repeat(60)), []);
		assert.deepEqual(marked('capitals', `\`\`\`\n${loud}\n\`\`\``), []);
	});
});
