import assert from 'node:assert/strict';
import { marked } from '../../../../support/lintCase.ts';

const prompt = `You explain to engineers what a release changes.\n${'Read the notes from top to bottom before you answer. Say what breaks and what is new. '.repeat(4)}`;

describe('no-output-format', () => {
	it('marks the first line of a prompt without a word about the form of an answer', () => {
		for (const kind of ['research', 'assistant'] as const) {
			assert.deepEqual(marked('no-output-format', prompt, { kind }), [
				'You explain to engineers what a release changes.',
			]);
		}
	});

	it('accepts each way to say it', () => {
		for (const rule of [
			'Use bullets.',
			'Answer in five sentences.',
			'Write JSON.',
			'```\n{}\n```',
			'Be brief.',
			'Answer with one of these.',
			'The result comes first.',
		]) {
			assert.deepEqual(marked('no-output-format', prompt + rule), [], rule);
		}
	});

	it('leaves agents, other languages and short prompts alone', () => {
		assert.deepEqual(marked('no-output-format', prompt, { kind: 'agent' }), []);
		assert.deepEqual(
			marked('no-output-format', 'Du erklärst, was das Release ändert, und nennst die Stelle. '.repeat(6)),
			[],
		);
		assert.deepEqual(marked('no-output-format', prompt.slice(0, 200)), []);
	});
});
