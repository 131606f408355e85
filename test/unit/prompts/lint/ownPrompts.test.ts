import assert from 'node:assert/strict';
import { promptKinds, type Prompt } from '../../../../src/common/model.ts';
import { composePrompt } from '../../../../src/guide/compose.ts';
import type { Answers } from '../../../../src/guide/questions.ts';
import { lintPrompt } from '../../../../src/prompts/lint/lintPrompt.ts';
import { defaultPrompt } from '../../../../src/workshop/defaultPrompt.ts';
import { kindTemplate } from '../../../../src/workshop/kindTemplate.ts';

const library = { ...defaultPrompt, metadata: { kind: 'research' } } as unknown as Prompt;

const answers: Record<string, Answers> = {
	'no answer': {},
	'every answer': {
		analysis: 'what an upgrade breaks and how risky that is',
		audience: 'engineering managers',
		tone: 'formal',
		format: 'bullets, at most 200 words',
		constraints: 'never recommend a vendor',
	},
};

/** Tools that an agent's prompt names, as it would have them. */
function toolsOf(prompt: string): string[] {
	return Array.from(prompt.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g), ([, name = '']) => name);
}

describe('the prompts of the product', () => {
	for (const kind of promptKinds) {
		const { content } = kindTemplate(kind, library);

		it(`of kind ${kind}: the built-in template has no finding`, () => {
			assert.deepEqual(lintPrompt(content, { kind, tools: kind === 'agent' ? toolsOf(content) : [] }), []);
		});

		for (const [given, values] of Object.entries(answers)) {
			it(`of kind ${kind}: what the guide composes from ${given} has no finding`, () => {
				const prompt = composePrompt(kind, values, content);
				assert.ok(prompt.length > 1_000);
				for (const model of ['anthropic/claude-opus-4-5', 'openai/gpt-5', 'google/gemini-3-pro']) {
					const tools = kind === 'agent' ? toolsOf(prompt) : [];
					assert.deepEqual(lintPrompt(prompt, { kind, tools, model }), []);
				}
			});
		}
	}
});
