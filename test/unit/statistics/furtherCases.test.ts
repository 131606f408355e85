import assert from 'node:assert/strict';
import { casesNeeded } from '../../../src/statistics/furtherCases.ts';
import { close } from '../../support/statistics/close.ts';
import { vectors } from '../../support/statistics/vectors.ts';

describe('the cases that a comparison needs', () => {
	for (const { id, difference, needed, safe, ...counts } of vectors.furtherCases) {
		it(`have the numbers of ${id}`, () => {
			const found = casesNeeded(counts, difference);
			close(found.needed, needed, { rel: 1e-9 });
			close(found.safe, safe, { rel: 1e-9 });
		});
	}

	it('grow as the difference becomes smaller', () => {
		const at = (difference: number) => casesNeeded({ b: 10, c: 8, n: 100 }, difference).needed;
		assert.ok(at(0.02) > at(0.05) && at(0.05) > at(0.2));
	});
});
