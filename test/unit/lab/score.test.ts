import assert from 'node:assert/strict';
import { AppError, isAppError } from '../../../src/common/errors.ts';
import { agreement } from '../../../src/common/labAgreement.ts';
import { initialLabState } from '../../../src/common/labState.ts';
import { normaliseFixture } from '../../../src/lab/normaliseFixture.ts';
import { readScore } from '../../../src/lab/score.ts';
import { LabSession } from '../../../src/lab/session.ts';
import type { Models, RunPart } from '../../../src/providers/provider.ts';
import { answer, conversationFixture, labContext, scriptedModels } from './support.ts';

const assessment = normaliseFixture(
	{
		name: 'A',
		type: 'assessment',
		baseSystemPrompt: 'Course.',
		sections: [
			{
				name: 's',
				instructions: 'Score 1 to 5.',
				items: [
					{ label: 'one', question: 'q1', answer: 'a1', expected: 4 },
					{ label: 'two', question: 'q2', answer: 'a2', expected: 2 },
					{ label: 'three', question: 'q3', answer: 'a3' },
				],
			},
		],
	},
	'a',
);

function open(models: Models, model = 'test/model', fixture = assessment) {
	const settings = { model, thinking: 'off', maxTokens: 100, replay: 'turn' } as const;
	return new LabSession(labContext(models), { state: initialLabState(fixture, settings), newId: () => 'x' });
}

describe('scoring', () => {
	it('scores every item by a structured call that does not see the expected score', async () => {
		const models = scriptedModels((_request, call) => answer(`{"rationale":"r${call}","score":"${call + 2}"}`));
		const session = open(models);
		await session.score();
		assert.deepEqual(
			session.state.scores.map(({ item, score, rationale, status }) => [item, score, rationale, status]),
			[
				[0, '3', 'r1', 'complete'],
				[1, '4', 'r2', 'complete'],
				[2, '5', 'r3', 'complete'],
			],
		);
		const [first] = models.requests;
		assert.equal(first?.purpose, 'score');
		assert.equal(first?.responseSchema?.name, 'score');
		assert.match(first?.system ?? '', /# Rubric\n\nCourse\.\n\nScore 1 to 5\.$/);
		const sent = JSON.stringify(models.requests[0]);
		assert.ok(sent.includes('q1') && sent.includes('a1') && !sent.includes('expected'));
	});

	it('fails one item alone, and scores it again on request', async () => {
		const models = scriptedModels((_request, call): RunPart[] =>
			call === 2
				? [
						{ type: 'error', code: 'rate-limit', message: 'Slow', retryable: true },
						{ type: 'done', stopReason: 'error' },
					]
				: answer('{"rationale":"","score":"3"}'),
		);
		const session = open(models);
		await session.score();
		assert.deepEqual(
			session.state.scores.map(({ status }) => status),
			['complete', 'failed', 'complete'],
		);
		assert.deepEqual(session.state.scores[1]?.error, { code: 'rate-limit', message: 'Slow' });
		await session.score([{ section: 0, item: 1 }]);
		assert.equal(session.state.scores.find(({ item }) => item === 1)?.status, 'complete');
		assert.equal(session.state.scores.length, 3);
	});

	it('says that the built-in guide cannot score, and sends nothing', async () => {
		const models = scriptedModels(() => answer('x'));
		await assert.rejects(
			open(models, 'own/guide').score(),
			(error) => isAppError(error, 'validation') && error.message.includes('Scoring needs a language model'),
		);
		assert.equal(models.requests.length, 0);
	});

	it('refuses a fixture that has nothing to score', async () => {
		const models = scriptedModels(() => answer('x'));
		await assert.rejects(
			open(models, 'a/b', conversationFixture([])).score(),
			(error) => error instanceof AppError,
		);
	});

	it('reads plain and fenced JSON and numbers, and refuses anything else', () => {
		assert.deepEqual(readScore('{"rationale":"r","score":"4"}'), { score: '4', rationale: 'r' });
		assert.deepEqual(readScore('```json\n{"rationale":"r","score":4.5}\n```'), { score: '4.5', rationale: 'r' });
		for (const reply of [
			'',
			'Four.',
			'{"rationale":"r"}',
			'{"score":""}',
			'{"score":{}}',
			'[1]',
			'null',
			'3',
			'{"score":"4"',
		]) {
			assert.throws(
				() => readScore(reply),
				(error) => isAppError(error, 'bad-response'),
				reply,
			);
		}
	});

	it('measures agreement with expected numbers and labels', () => {
		assert.deepEqual(
			agreement(assessment, [
				{ section: 0, item: 0, score: '4/5' },
				{ section: 0, item: 1, score: '3' },
				{ section: 0, item: 2, score: '1' },
			]),
			{ compared: 2, equal: 1, meanDifference: 0.5 },
		);
		const labels = structuredClone(assessment);
		labels.sections[0]!.items![0]!.expected = 'Good';
		assert.deepEqual(
			agreement(labels, [
				{ section: 0, item: 0, score: 'good ' },
				{ section: 0, item: 1 },
			]),
			{
				compared: 1,
				equal: 1,
				meanDifference: null,
			},
		);
	});
});
