import assert from 'node:assert/strict';
import type { LabState, LabStep, LabTake, ShownFixture } from '../../../src/common/labState.ts';
import { emptyTurn } from '../../../src/common/turn.ts';
import { newIntent } from '../../../src/webview/lab/intent.ts';
import { wantedMessages } from '../../../src/webview/lab/wantedMessages.ts';

const conversation = (count: number) => ({ label: `of ${count}`, count, tools: false, unanswered: false });

function step(replaces: number): LabStep {
	return { replaces, turn: emptyTurn, status: 'complete' };
}

function take(column: string, ...steps: LabStep[]): LabTake {
	return {
		id: `take of ${column}`,
		column,
		turn: steps[0]?.replaces ?? 0,
		keepsTurn: false,
		replay: 'turn',
		steps,
		model: 'scripted/model',
		thinking: 'off',
		prompt: 0,
	};
}

function stateOf(patch: Partial<LabState<ShownFixture>> = {}): LabState<ShownFixture> {
	const conversations = [conversation(4), conversation(1000), conversation(3)];
	return {
		fixture: {
			id: 'f',
			name: 'F',
			type: 'conversations',
			description: '',
			baseSystemPrompt: '',
			module: '',
			sections: [{ name: 'S', instructions: '', context: '', conversations }],
		},
		settings: { model: null, thinking: 'off', maxTokens: 1000, replay: 'turn' },
		edits: { sections: {} },
		chosen: { '0/0': 3, '0/1': 777 },
		takes: [],
		prompts: [],
		batch: null,
		scores: [],
		matrix: null,
		...patch,
	};
}

const wanted = (
	state: LabState<ShownFixture>,
	intent: Parameters<typeof wantedMessages>[1],
	...seen: string[]
): Record<string, number[]> =>
	Object.fromEntries(
		[...wantedMessages(state, intent, new Set(seen))].map(([column, indices]) => [
			column,
			[...new Set(indices)].sort((a, b) => a - b),
		]),
	);

describe('the messages that the Lab page wants', () => {
	const intent = newIntent('f');

	it('are those that regenerations in view replace, each with its question', () => {
		assert.deepEqual(wanted(stateOf(), intent, '0/0', '0/1'), {});
		const state = stateOf({
			takes: [take('0/0', step(3)), take('0/1', step(777), step(779)), take('0/2', step(3))],
		});
		assert.deepEqual(wanted(state, intent, '0/1', '0/2', '9/9'), { '0/1': [776, 777, 778, 779], '0/2': [2] });
	});

	it('are what is compared, and nothing of the conversations behind it', () => {
		const comparing = { ...intent, comparing: '0/0' };
		assert.deepEqual(wanted(stateOf(), comparing, '0/1'), { '0/0': [3] });
		const state = stateOf({ takes: [take('0/0', step(1)), take('0/1', step(5))] });
		assert.deepEqual(wanted(state, comparing, '0/1'), { '0/0': [0, 1, 3] });
	});

	it('are the rows of the matrix; an answer that was not recorded is not asked for', () => {
		const rows = [
			{ column: '0/0', turn: 1, thinking: 'off' as const },
			{ column: '0/2', turn: 3, thinking: 'off' as const },
		];
		const state = stateOf({ matrix: { prompts: [], rows } });
		assert.deepEqual(wanted(state, { ...intent, view: 'matrix' }, '0/1'), { '0/0': [1], '0/2': [] });
	});
});
