import assert from 'node:assert/strict';
import { newIntent, readIntent } from '../../../src/webview/lab/intent.ts';

describe('the intent of the Lab page', () => {
	it('comes back as it was kept', () => {
		const intent = {
			...newIntent('f'),
			typed: { base: 'x' },
			places: { '0/0': 7.25, '0/1': null },
			comparing: '0/1',
			view: 'matrix' as const,
		};
		assert.deepEqual(readIntent(JSON.parse(JSON.stringify(intent)), 'f'), intent);
	});

	it('is not taken from another fixture, and never in another form', () => {
		assert.equal(readIntent(newIntent('f'), 'g'), undefined);
		assert.equal(readIntent('f', 'f'), undefined);
		const odd = readIntent(
			{
				fixtureId: 'f',
				typed: { a: 1, b: 'x' },
				open: [],
				unfolded: 'x',
				comparing: 3,
				places: { a: NaN, b: 'x' },
			},
			'f',
		);
		assert.deepEqual(odd, { ...newIntent('f'), typed: { b: 'x' }, unfolded: [] });
	});
});
