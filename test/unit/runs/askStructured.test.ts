import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { turnText } from '../../../src/common/turn.ts';
import { askStructured, parseJsonAnswer } from '../../../src/runs/askStructured.ts';
import { AnsweringModels, question } from '../../support/suites/answeringModels.ts';

const request = {
	model: 'a/b',
	system: 'Answer in JSON.',
	question: 'How many?',
	thinking: 'off',
	maxTokens: 100,
	responseSchema: { name: 'count', schema: { type: 'object' } },
	purpose: 'score',
} as const;

describe('a question whose answer is JSON', () => {
	it('is one message with a schema', async () => {
		const models = new AnsweringModels(() => '{"count":3}');
		const turn = await askStructured(models, request);
		assert.equal(turnText(turn), '{"count":3}');
		const [sent] = models.requests;
		assert.deepEqual([sent?.responseSchema, sent?.messages.length], [request.responseSchema, 1]);
		assert.equal(sent && question(sent), 'How many?');
	});

	it('rejects with the error of the call, and on a signal', async () => {
		const failing = new AnsweringModels(() => [
			{ type: 'error', code: 'overloaded', message: 'Busy', retryable: true, detail: 'd' },
			{ type: 'done', stopReason: 'error' },
		]);
		await assert.rejects(
			askStructured(failing, request),
			(error) => isAppError(error, 'overloaded') && error.info.retryable === true && error.info.detail === 'd',
		);
		const signal = AbortSignal.abort();
		await assert.rejects(askStructured(new AnsweringModels(() => '1'), { ...request, signal }), (error) =>
			isAppError(error, 'cancelled'),
		);
	});

	it('is read alone or in a fenced block, and nothing is looked for in other words', () => {
		assert.deepEqual(parseJsonAnswer(' {"a":1}\n'), { a: 1 });
		assert.deepEqual(parseJsonAnswer('```json\n{"a":1}\n```'), { a: 1 });
		assert.equal(parseJsonAnswer('3'), 3);
		for (const answer of ['', 'It is {"a":1}', '{"a":1} {"a":2}', '{a: 1}', '```json\n```']) {
			assert.throws(() => parseJsonAnswer(answer), SyntaxError, answer);
		}
	});
});
