import assert from 'node:assert/strict';
import { initialLabState } from '../../../src/common/labState.ts';
import { matrixEstimate, matrixRows } from '../../../src/lab/matrix.ts';
import { matrixReport } from '../../../src/lab/matrixReport.ts';
import { LabSession } from '../../../src/lab/session.ts';
import { answer, assistant, conversationFixture, labContext, scriptedModels, settled, user } from './support.ts';

const chat = [user('12345678'), assistant('abcd'), user('1234'), assistant('last')];
const state = initialLabState(conversationFixture(chat, [assistant('Hello')]), {
	model: 'test/model',
	thinking: 'off',
	maxTokens: 10,
	replay: 'turn',
});

describe('the matrix', () => {
	it('has a row for each turn and thinking level; a conversation without a question has none', () => {
		const options = { columns: ['0/0', '0/1', '9/9'], thinking: ['off', 'high'] as const };
		assert.deepEqual(matrixRows(state, { ...options, turns: 'chosen' }), [
			{ column: '0/0', turn: 3, thinking: 'off' },
			{ column: '0/0', turn: 3, thinking: 'high' },
		]);
		assert.equal(matrixRows(state, { ...options, turns: 'all' }).length, 4);
	});

	it('is estimated by the characters of prompt and conversation before each turn', () => {
		const rows = matrixRows(state, { columns: ['0/0'], turns: 'all', thinking: ['off'] });
		// 8 before the first turn, 16 before the second; prompts of 4 and 8: (8+4 + 8+8 + 16+4 + 16+8) / 4
		assert.deepEqual(matrixEstimate(state, rows, [() => 'abcd', () => 'abcdefgh']), { calls: 4, inputTokens: 18 });
		assert.deepEqual(matrixEstimate(state, [], [() => 'abcd']), { calls: 0, inputTokens: 0 });
	});

	it('is reported with prompt, answer, thinking and the recorded answer of every cell', async () => {
		let id = 0;
		const context = labContext(scriptedModels((request) => answer(`by ${request.system}`, 'why')));
		const session = new LabSession(context, { state, newId: () => String(++id) });
		await session.startMatrix({
			prompts: [
				{ label: 'one', text: () => 'One.' },
				{ label: 'two', text: () => 'Two.' },
			],
			columns: ['0/0'],
			turns: 'chosen',
			thinking: ['low'],
		});
		await settled(session);
		const { cells } = JSON.parse(JSON.stringify(matrixReport(session.state))) as {
			cells: Record<string, unknown>[];
		};
		assert.equal(cells.length, 2);
		const { durationMs: _duration, firstPartMs: _first, ...cell } = cells[1] ?? {};
		assert.deepEqual(cell, {
			prompt: 'two',
			systemPrompt: 'Two.',
			section: 'One',
			conversation: 'c0',
			turn: 4,
			question: '1234',
			thinkingLevel: 'low',
			model: 'test/model',
			status: 'complete',
			answer: 'by Two.',
			thinking: 'why',
			recorded: 'last',
			usage: { inputTokens: 10, outputTokens: 5 },
		});
	});
});
