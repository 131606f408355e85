import assert from 'node:assert/strict';
import { marked } from '../../../../support/lintCase.ts';

const text = 'CRITICAL: You MUST use `search` first. You MUST ALWAYS call it. You must be brief.';

describe('claude-forceful-wording', () => {
	it('mentions it for Claude, wherever it is hosted', () => {
		for (const model of ['anthropic/claude-opus-4-5', 'openrouter/anthropic/claude-sonnet-5']) {
			assert.deepEqual(marked('claude-forceful-wording', text, { model }), [
				'CRITICAL: You MUST',
				'You MUST ALWAYS call',
			]);
		}
	});

	it('says nothing to other models and of plain words', () => {
		assert.deepEqual(marked('claude-forceful-wording', text, { model: 'openai/gpt-5' }), []);
		assert.deepEqual(marked('claude-forceful-wording', text), []);
		assert.deepEqual(
			marked('claude-forceful-wording', 'Use `search` when you need facts.', {
				model: 'anthropic/claude-opus-4-5',
			}),
			[],
		);
	});
});
