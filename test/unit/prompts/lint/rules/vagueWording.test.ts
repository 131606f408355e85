import assert from 'node:assert/strict';
import { findingsOf, marked } from '../../../../support/lintCase.ts';

describe('vague-wording', () => {
	it('mentions words that can mean anything', () => {
		const text =
			'Be insightful. Give examples where appropriate, ask as needed, and write a summary that is Not too long.';
		assert.deepEqual(marked('vague-wording', text), [
			'Be insightful',
			'where appropriate',
			'as needed',
			'Not too long',
		]);
		assert.deepEqual(
			new Set(findingsOf('vague-wording', text).map(({ severity }) => severity)),
			new Set(['information']),
		);
	});

	it('leaves words with a measure, and code, alone', () => {
		assert.deepEqual(
			marked(
				'vague-wording',
				'You are a helpful assistant. Use `as needed` for tasks. Needed: two examples, as many as needed.',
			),
			[],
		);
	});
});
