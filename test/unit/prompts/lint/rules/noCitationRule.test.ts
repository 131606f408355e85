import assert from 'node:assert/strict';
import { marked } from '../../../../support/lintCase.ts';

const prompt = `Answer well.\n${'Be brief. '.repeat(20)}`;

describe('no-citation-rule', () => {
	it('marks the first line of a research prompt that says nothing of citations', () => {
		assert.deepEqual(marked('no-citation-rule', prompt), ['Answer well.']);
	});

	it('accepts each way to say it', () => {
		for (const rule of [
			'Cite each claim.',
			'Citations follow the claim.',
			'Write [title](url).',
			'Link to the article.',
		]) {
			assert.deepEqual(marked('no-citation-rule', prompt + rule), [], rule);
		}
	});

	it('says nothing to assistants and agents, and of a text that is only begun', () => {
		assert.deepEqual(marked('no-citation-rule', prompt, { kind: 'assistant' }), []);
		assert.deepEqual(marked('no-citation-rule', prompt, { kind: 'agent' }), []);
		assert.deepEqual(marked('no-citation-rule', 'Answer well.'), []);
	});
});
