import assert from 'node:assert/strict';
import { turnText, turnThinking } from '../../../src/common/turn.ts';
import { recordedTurn, shownMessage } from '../../../src/common/recordedTurn.ts';
import { shownLimit } from '../../../src/common/shownTurn.ts';

describe('recordedTurn', () => {
	it('shows thinking above the answer and a tool call with its result', () => {
		const message = {
			role: 'assistant' as const,
			thinking: 'First.',
			content: [
				{ type: 'thinking' as const, text: 'Second.' },
				{ type: 'tool-call' as const, id: 'c', name: 'search', input: { q: 1 } },
				{ type: 'tool-result' as const, id: 'c', content: 'two', isError: true },
				{ type: 'tool-result' as const, content: 'stray' },
				{ type: 'text' as const, text: 'Done.' },
			],
		};
		const turn = recordedTurn(message);
		assert.equal(turnThinking(turn), 'First.\n\nSecond.');
		assert.equal(turnText(turn), 'Done.');
		const tools = turn.blocks.filter((block) => block.type === 'tool');
		assert.deepEqual(
			tools.map(({ name, result }) => [name, result]),
			[
				['search', { summary: 'two', isError: true }],
				['', { summary: 'stray' }],
			],
		);
		assert.equal(recordedTurn(message), turn);
	});
});

describe('shownMessage', () => {
	const long = 'x'.repeat(shownLimit);

	it('is the message itself where no text is long', () => {
		const message = { role: 'assistant' as const, thinking: long, content: 'Short.' };
		assert.equal(shownMessage(message), message);
	});

	it('has of each long text the beginning, and counts the rest at the block that the page shows', () => {
		const shown = shownMessage({
			role: 'assistant',
			thinking: `${long}12`,
			content: [
				{ type: 'tool-call', id: 'c', name: 'search' },
				{ type: 'tool-result', id: 'c', content: 'two' },
				{ type: 'text', text: `${long}345` },
			],
		});
		assert.ok(JSON.stringify(shown).length < 2 * shownLimit + 1000);
		const turn = recordedTurn(shown);
		assert.deepEqual(turn.omitted, { 0: 2, 2: 3 });
		assert.deepEqual([turnThinking(turn), turnText(turn)], [long, long]);
	});
});
