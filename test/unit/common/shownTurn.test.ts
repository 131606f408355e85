import assert from 'node:assert/strict';
import { foldPart } from '../../../src/common/foldParts.ts';
import { emptyTurn, type Turn, turnText, turnThinking } from '../../../src/common/turn.ts';
import {
	foldShownPart,
	shownLimit,
	shownPart,
	shownTurn,
	fullLength,
	type ShownTurn,
} from '../../../src/common/shownTurn.ts';
import type { StreamPart } from '../../../src/common/streamParts.ts';

const piece = 'x'.repeat(shownLimit / 4);
const parts: StreamPart[] = [
	...Array.from({ length: 6 }, (_, index): StreamPart => ({ type: 'thinking', id: 't', text: `${index}${piece}` })),
	{ type: 'tool-call', id: 'c', name: 'search', input: {} },
	{ type: 'text', id: 'a', text: 'short' },
	{ type: 'text', id: 'b', text: piece.repeat(5) },
	{ type: 'text', id: 'b', text: 'more' },
	{ type: 'usage', outputTokens: 7 },
	{ type: 'reclassify', id: 'b', as: 'thinking' },
	{ type: 'text', id: 'c', text: piece.repeat(4) },
	{ type: 'done', stopReason: 'stop' },
];

describe('what a page is sent of a long turn', () => {
	it('is the same part by part and as a whole, at every part', () => {
		let whole: Turn = emptyTurn;
		let page: ShownTurn = emptyTurn;
		for (const part of parts) {
			whole = foldPart(whole, part);
			page = foldShownPart(page, shownPart(part, whole));
			assert.deepEqual(page, shownTurn(whole));
		}
		assert.deepEqual(Object.keys(page.omitted ?? {}), ['0', '3']);
		assert.equal(page.omitted?.[3], shownLimit / 4 + 4);
		assert.equal(fullLength(page, 'text'), turnText(whole).length);
		assert.equal(fullLength(page, 'thinking'), turnThinking(whole).length);
	});

	it('is no text at all after the limit', () => {
		let whole: Turn = emptyTurn;
		let sent = 0;
		for (let index = 0; index < 40; index++) {
			const part: StreamPart = { type: 'text', id: 'a', text: piece };
			whole = foldPart(whole, part);
			const shown = shownPart(part, whole);
			sent += shown.type === 'text' ? shown.text.length : 0;
		}
		assert.equal(sent, shownLimit);
	});

	it('is the turn itself where nothing is long', () => {
		const turn: Turn = { blocks: [{ type: 'text', id: 'a', text: piece }] };
		assert.equal(shownTurn(turn), turn);
		assert.deepEqual(Object.keys(foldShownPart(turn, { type: 'done', stopReason: 'stop' })), [
			'blocks',
			'stopReason',
		]);
	});
});
