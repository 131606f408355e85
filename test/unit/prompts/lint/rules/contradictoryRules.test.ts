import assert from 'node:assert/strict';
import { findingsOf, marked } from '../../../../support/lintCase.ts';

describe('contradictory-rules', () => {
	for (const [first, second] of [
		['Always answer in English.', 'Never answer in English.'],
		['- You must cite the sources.', '- Do not cite sources.'],
		['- **Never use emojis**', '- Use emojis'],
		['Don’t mention the price.', 'Please mention the price.'],
	] as const) {
		it(`finds "${first}" against "${second}"`, () => {
			const text = `${first}\nBe kind.\n${second}`;
			assert.deepEqual(marked('contradictory-rules', text), [second.replace(/^- /, '')]);
			assert.match(findingsOf('contradictory-rules', text)[0]?.message ?? '', /on line 1/);
		});
	}

	for (const text of [
		'Always answer in English. Never answer in German.',
		'Use tables for comparisons. Never use tables.',
		'If you are unsure, do not guess the date. Guess the date.',
		'Never guess. Guess?',
		'Never ask for a password.\n<example>\nAsk for a password.\n</example>',
		'## Example\nAsk for a password.\n## Rules\nNever ask for a password.',
	]) {
		it(`leaves ${JSON.stringify(text)} alone`, () => {
			assert.deepEqual(marked('contradictory-rules', text), []);
		});
	}
});
