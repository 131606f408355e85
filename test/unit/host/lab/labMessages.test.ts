import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import {
	editOf,
	index,
	matrixOf,
	messagesOf,
	placesOf,
	settingsOf,
	text,
} from '../../../../src/host/lab/labMessages.ts';

describe('messages of the Lab page', () => {
	it('are read where they have the right form', () => {
		assert.deepEqual(editOf({ field: { part: 'context', section: 2, evil: 1 }, text: 'x' }), {
			field: { part: 'context', section: 2 },
			text: 'x',
		});
		assert.deepEqual(editOf({ field: { part: 'base' }, text: null }), { field: { part: 'base' }, text: null });
		assert.deepEqual(settingsOf({ thinking: 'high', model: 'evil/model' }), { thinking: 'high' });
		assert.deepEqual(placesOf({ items: [{ section: 0, item: 1 }] }), { items: [{ section: 0, item: 1 }] });
		assert.deepEqual(placesOf({}), {});
		const choice = { prompts: ['edited'], columns: ['0/0'], turns: 'all', thinking: ['off'] };
		assert.deepEqual(matrixOf(choice), choice);
		assert.deepEqual(messagesOf({ column: '0/1', indices: [3, 4] }), { column: '0/1', indices: [3, 4] });
	});

	for (const [what, read] of [
		['no object', () => text('x', 'take')],
		['a number for a text', () => text({ take: 3 }, 'take')],
		['a text of 3 MB', () => text({ text: 'x'.repeat(3_000_000) }, 'text')],
		['a negative index', () => index({ section: -1 }, 'section')],
		['half an index', () => index({ section: 0.5 }, 'section')],
		['an unknown part', () => editOf({ field: { part: '__proto__' }, text: 'x' })],
		['a part without its section', () => editOf({ field: { part: 'context' }, text: 'x' })],
		['an unknown level', () => settingsOf({ thinking: 'constructor' })],
		['a place that is a number', () => placesOf({ items: [3] })],
		['a choice without turns', () => matrixOf({ prompts: [], columns: [], thinking: [] })],
		['no message', () => messagesOf({ column: '0/0', indices: [] })],
		['half a message', () => messagesOf({ column: '0/0', indices: [0.5] })],
		['very many messages', () => messagesOf({ column: '0/0', indices: Array(1001).fill(1) })],
		['a huge list', () => matrixOf({ prompts: Array(20_000).fill('x'), columns: [], turns: 'all', thinking: [] })],
	] as const) {
		it(`are refused: ${what} [attack 8]`, () => {
			assert.throws(read, (error) => isAppError(error, 'validation'));
		});
	}
});
