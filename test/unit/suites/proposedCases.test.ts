import assert from 'node:assert/strict';
import { proposalInstruction, proposeCases, readProposal } from '../../../src/suites/proposedCases.ts';
import { AnsweringModels, question } from '../../support/suites/answeringModels.ts';

const good = {
	why: 'It has no limit.',
	name: 'long question',
	query: 'Tell me everything.',
	assert: [
		{ type: 'not-is-refusal', value: '' },
		{ type: 'icontains', value: 'order' },
	],
};

function propose(answer: string, options: { takenNames?: string[]; model?: string } = {}) {
	const models = new AnsweringModels(() => answer);
	const { signal } = new AbortController();
	return {
		models,
		result: proposeCases(
			{ models: () => models },
			{
				instruction: 'Propose cases.',
				model: options.model ?? 'a/b',
				thinking: 'low',
				maxTokens: 1000,
				takenNames: new Set(options.takenNames),
				signal,
			},
		),
	};
}

describe('cases that a model proposes', () => {
	it('are asked for with the prompt and the cases that exist', () => {
		const text = proposalInstruction('You are a support agent.\n', [
			{ name: 'lost', query: 'Where?' },
			{ name: 'script' },
		]);
		assert.match(
			text,
			/# The system prompt\n\nYou are a support agent\.\n\n# Cases that exist\n\n- lost: Where\?\n- script$/,
		);
		assert.doesNotMatch(proposalInstruction('p', []), /exist/);
	});

	it('are sent as the user left the instruction, and read with their checks', async () => {
		const { models, result } = propose(JSON.stringify({ cases: [good] }));
		assert.deepEqual(await result, {
			cases: [
				{
					...good,
					assert: [{ type: 'not-is-refusal' }, { type: 'icontains', value: 'order' }],
				},
			],
			refused: 0,
		});
		const [request] = models.requests;
		assert.equal(request && question(request), 'Propose cases.');
		assert.equal(request?.responseSchema?.name, 'cases');
	});

	it('are left out if a suite could not hold them, and counted', async () => {
		const { result } = propose(
			JSON.stringify({
				cases: [
					good,
					good,
					{ ...good, name: 'known' },
					{ ...good, name: 'code', assert: [{ type: 'javascript', value: 'true' }] },
					{ ...good, name: 'broken', assert: [{ type: 'regex', value: '' }] },
					{ ...good, name: 'a tag', query: 'Who is {{nobody}}?' },
					{ ...good, name: ' ' },
					'text',
					null,
				],
			}),
			{ takenNames: ['known'] },
		);
		const { cases, refused } = await result;
		assert.deepEqual(
			cases.map(({ name }) => name),
			['long question'],
		);
		assert.equal(refused, 8);
	});

	it('may stand in a fenced block; anything else is refused', () => {
		assert.deepEqual(readProposal('```json\n{"cases": [1]}\n```'), [1]);
		assert.deepEqual(readProposal('[1, 2]'), [1, 2]);
		assert.throws(() => readProposal('Sure, here they are'), { code: 'bad-response' });
		assert.throws(() => readProposal('{"cases": 1}'), { code: 'bad-response' });
	});

	it('are not asked of the guide, and a fault of the provider is the error', async () => {
		const guide = propose('', { model: 'own/guide' });
		await assert.rejects(guide.result, { code: 'validation' });
		assert.equal(guide.models.requests.length, 0);
		const models = new AnsweringModels(() => [
			{ type: 'error', code: 'overloaded', message: 'Busy', retryable: true },
			{ type: 'done', stopReason: 'error' },
		]);
		await assert.rejects(
			proposeCases(
				{ models: () => models },
				{
					instruction: 'x',
					model: 'a/b',
					thinking: 'off',
					maxTokens: 10,
					takenNames: new Set(),
					signal: new AbortController().signal,
				},
			),
			{ code: 'overloaded', message: 'Busy' },
		);
	});
});
