import assert from 'node:assert/strict';
import { jsonPieces } from '../../../src/common/jsonPieces.ts';

describe('JSON in pieces', () => {
	for (const value of [
		null,
		'text',
		[],
		{},
		[1, undefined, null, [[]]],
		{ a: { b: { c: { d: [1, { e: 'ü"\n' }] } } }, left: undefined, list: [{ x: 1 }, { y: [2, 3] }] },
		{ 'a "key"': [], b: { c: undefined }, d: NaN },
	]) {
		it(`is that of JSON.stringify: ${JSON.stringify(value)}`, () => {
			assert.equal([...jsonPieces(value)].join(''), JSON.stringify(value));
		});
	}

	it('has no piece with more than one case of a plan', () => {
		const cases = Array.from({ length: 1_000 }, (_, index) => ({ name: `case ${index}` }));
		const pieces = [...jsonPieces({ runId: 'a', plan: { cases } })];
		assert.ok(pieces.every((piece) => piece.length < 40));
	});
});
