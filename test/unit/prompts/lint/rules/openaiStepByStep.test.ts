import assert from 'node:assert/strict';
import { marked } from '../../../../support/lintCase.ts';

const text = 'Think step by step. Explain your reasoning. List the steps of the procedure.';

describe('openai-step-by-step', () => {
	it('mentions it for reasoning models', () => {
		for (const model of ['openai/gpt-5.2', 'openai/o3', 'azure/o4-mini', 'openrouter/openai/gpt-5-mini']) {
			assert.deepEqual(
				marked('openai-step-by-step', text, { model }),
				['Think step by step', 'Explain your reasoning'],
				model,
			);
		}
	});

	it('says nothing to other models', () => {
		for (const model of [
			'openai/gpt-4.1',
			'openai/gpt-4o',
			'openai/gpt-5-chat-latest',
			'anthropic/claude-opus-4-5',
			'local/gpt-oss-20b',
			undefined,
		]) {
			assert.deepEqual(marked('openai-step-by-step', text, { model }), [], model);
		}
	});
});
