import assert from 'node:assert/strict';
import { AppError, isAppError } from '../../../src/common/errors.ts';
import type { Judge } from '../../../src/suites/graders/grader.ts';
import { createJudge, type JudgeOptions } from '../../../src/suites/judge.ts';
import { JudgeError } from '../../../src/suites/judgeError.ts';
import { AnsweringModels, question } from '../../support/suites/answeringModels.ts';

const schema = { name: 'verdict', schema: { type: 'object' } };

function ask(
	models: AnsweringModels,
	request: Partial<Parameters<Judge['ask']>[0]> = {},
	options: Partial<JudgeOptions> = {},
) {
	return createJudge({ models, model: 'a/judge', ...options }).ask({
		system: 'Judge.',
		user: 'The answer',
		schema,
		signal: new AbortController().signal,
		...request,
	});
}

describe('a judge', () => {
	it('asks for JSON of a schema, and keeps what it was asked and answered', async () => {
		const models = new AnsweringModels(() => '```json\n{"pass":true}\n```');
		models.price = () => ({ input: 1, output: 2 });
		assert.deepEqual(await ask(models), {
			value: { pass: true },
			judged: { model: 'a/judge', request: 'Judge.\n\nThe answer', answer: '```json\n{"pass":true}\n```' },
			costUsd: 20 / 1e6,
		});
		const [request] = models.requests;
		assert.deepEqual([request?.model, request?.system, request?.thinking], ['a/judge', 'Judge.', 'off']);
		assert.equal(request && question(request), 'The answer');
		assert.deepEqual(request?.responseSchema, schema);
	});

	it('takes the model and thinking of an assertion before its own', async () => {
		const models = new AnsweringModels(() => '1');
		await ask(models, { model: 'b/other', thinking: 'high' }, { thinking: 'low', maxTokens: 9 });
		assert.deepEqual(
			models.requests.map(({ model, thinking, maxTokens }) => [model, thinking, maxTokens]),
			[['b/other', 'high', 9]],
		);
	});

	it('is never the built-in guide, and never a model that nobody chose', async () => {
		const models = new AnsweringModels(() => '1');
		for (const options of [{ model: null }, { model: 'own/guide' }]) {
			await assert.rejects(
				ask(models, {}, options),
				(error) =>
					isAppError(error, 'validation') && error.info.field === 'judgeModel' && /judge/.test(error.message),
			);
		}
		await assert.rejects(ask(models, { model: 'own/guide' }), /cannot judge/);
		assert.equal(models.requests.length, 0);
	});

	it('rejects an answer that is no verdict as bad-response, with the answer', async () => {
		const models = new AnsweringModels(() => 'It is good.');
		await assert.rejects(ask(models), (error) => {
			assert.ok(error instanceof JudgeError && error.code === 'bad-response' && error.info.retryable);
			assert.match(error.message, /not JSON.*"It is good\."/);
			assert.deepEqual(error.judged, [
				{ model: 'a/judge', request: 'Judge.\n\nThe answer', answer: 'It is good.' },
			]);
			assert.equal(error.costUsd, null);
			return true;
		});
		await assert.rejects(
			ask(new AnsweringModels(() => '2'), { check: (value) => (value === 2 ? 'two is wrong' : undefined) }),
			(error) => error instanceof JudgeError && /two is wrong/.test(error.message),
		);
	});

	it('says that an answer was cut off, even if it is JSON', async () => {
		const models = new AnsweringModels(() => [
			{ type: 'text', id: 't', text: '1' },
			{ type: 'done', stopReason: 'length' },
		]);
		await assert.rejects(ask(models), /cut off after 4096 tokens/);
	});

	it('passes the error of a provider on, and asks nothing twice', async () => {
		const models = new AnsweringModels(() => [
			{ type: 'error', code: 'rate-limit', message: 'Slow down', retryable: true },
			{ type: 'done', stopReason: 'error' },
		]);
		await assert.rejects(ask(models), (error) => isAppError(error, 'rate-limit') && !(error instanceof JudgeError));
		assert.equal(models.requests.length, 1);
	});

	it('counts its requests, which a cap can refuse, and stops on a signal', async () => {
		const models = new AnsweringModels(() => '1');
		const beforeSend = () => {
			throw new AppError('validation', 'The limit was reached');
		};
		await assert.rejects(ask(models, {}, { beforeSend }), /limit was reached/);
		assert.equal(models.requests.length, 0);
		const stop = new AbortController();
		const asked = ask(new AnsweringModels(() => new Promise(() => undefined)), { signal: stop.signal });
		stop.abort();
		await assert.rejects(asked, (error) => isAppError(error, 'cancelled'));
	});
});
