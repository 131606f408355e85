import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import { labParsers as parse } from '../../../../src/host/lab/labMessages.ts';

const choice = { prompts: ['edited'], columns: ['0/0'], turns: 'all', thinking: ['off'] };

describe('messages of the Lab page', () => {
	for (const [method, params] of [
		['snapshot', null],
		['edit', { field: { part: 'context', section: 2 }, text: 'x' }],
		['edit', { field: { part: 'base' }, text: null }],
		['configure', { thinking: 'high' }],
		['configure', {}],
		['score', { items: [{ section: 0, item: 1 }] }],
		['score', {}],
		['stop', {}],
		['stop', { take: 'take-1' }],
		['matrixEstimate', choice],
		['messages', { column: '0/1', indices: [3, 4] }],
	] as const) {
		it(`are read where they have the right form: ${method} ${JSON.stringify(params)}`, () => {
			assert.deepEqual(parse[method](params), params);
		});
	}

	for (const [what, method, params] of [
		['no object', 'retry', 'x'],
		['a list for an object', 'retry', ['take']],
		['a number for a text', 'retry', { take: 3 }],
		['a text of 3 MB', 'copy', { text: 'x'.repeat(3_000_000) }],
		['a negative index', 'sendToDraft', { section: -1 }],
		['half an index', 'sendToDraft', { section: 0.5 }],
		['an unknown part', 'edit', { field: { part: '__proto__' }, text: 'x' }],
		['a part without its section', 'edit', { field: { part: 'context' }, text: 'x' }],
		['an unknown field', 'edit', { field: { part: 'context', section: 2, evil: 1 }, text: 'x' }],
		['the model, which the user chooses in a list of the editor', 'configure', { model: 'evil/model' }],
		['an unknown level', 'configure', { thinking: 'constructor' }],
		['a place that is a number', 'score', { items: [3] }],
		['a choice without turns', 'startMatrix', { prompts: [], columns: [], thinking: [] }],
		['no message', 'messages', { column: '0/0', indices: [] }],
		['half a message', 'messages', { column: '0/0', indices: [0.5] }],
		['a negative message', 'messages', { column: '0/0', indices: [-1] }],
		['very many messages', 'messages', { column: '0/0', indices: Array(1001).fill(1) }],
		['a huge list', 'startMatrix', { ...choice, prompts: Array(20_000).fill('x') }],
	] as const) {
		it(`are refused: ${what} [attack 8]`, () => {
			assert.throws(
				() => parse[method](params),
				(error) => isAppError(error, 'validation') && error.message.length < 200,
			);
		});
	}
});
