import assert from 'node:assert/strict';
import { suggestedQuestion } from '../../../src/workshop/suggestedQuestion.ts';

const said = (...texts: string[]) => texts.map((content) => ({ role: 'assistant' as const, content }));

describe('the suggested test question', () => {
	for (const line of [
		'Test question: What breaks from 20 to 24?',
		'- Test question: “What breaks from 20 to 24?”',
		'**Test question:** "What breaks from 20 to 24?"',
		'* **Test question**: *What breaks from 20 to 24?*',
		'TEST QUESTION: «What breaks from 20 to 24?»\r',
	]) {
		it(`is read from “${line}”`, () => {
			assert.equal(
				suggestedQuestion(said(`Here is the prompt.\n\n${line}\nTry it.`)),
				'What breaks from 20 to 24?',
			);
		});
	}

	it('is the last one, and one that can be asked', () => {
		const questions = said('Test question: The first of them?', 'Test question: The second one?', 'No question.');
		assert.equal(suggestedQuestion(questions), 'The second one?');
		assert.equal(suggestedQuestion(said('Test question: Why?', `Test question: ${'x'.repeat(1001)}`)), undefined);
		assert.equal(suggestedQuestion([{ role: 'user', content: 'Test question: What do you mean?' }]), undefined);
		assert.equal(suggestedQuestion(said('The test question: it may be hard to find one.')), undefined);
	});
});
