import assert from 'node:assert/strict';
import { findingsOf, marked } from '../../../../support/lintCase.ts';

describe('contradictory-length', () => {
	it('finds limits that exclude each other, and names the other one', () => {
		const text = 'Use at most 200 words.\nOverviews have at least 1,500 words.';
		assert.deepEqual(marked('contradictory-length', text), ['at least 1,500 words']);
		assert.match(findingsOf('contradictory-length', text)[0]?.message ?? '', /"at most 200 words" on line 1/);
		assert.deepEqual(marked('contradictory-length', 'Up to 3 sentences, but more than 5 sentences.'), [
			'more than 5 sentences',
		]);
	});

	it('leaves a range, and limits of different things, alone', () => {
		assert.deepEqual(marked('contradictory-length', 'At least 100 words, at most 200 words.'), []);
		assert.deepEqual(marked('contradictory-length', 'At least 100 words in at most 3 paragraphs.'), []);
	});
});
