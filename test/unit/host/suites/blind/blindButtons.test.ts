import assert from 'node:assert/strict';
import { isAppError } from '../../../../../src/common/errors.ts';
import { blindParsers } from '../../../../../src/host/suites/blind/blindHandlers.ts';

describe('the page of a blind rating', () => {
	it('cannot ask for anything but a rating', () => {
		const refused: [keyof typeof blindParsers, unknown][] = [
			['snapshot', {}],
			['rate', { pair: 'h 1', choice: 'a' }],
			['rate', { pair: 'x'.repeat(101), choice: 'left' }],
			['rate', { pair: 'h 1', choice: 'left', runId: 'other' }],
			['undo', 1],
			['reveal', { isRevealed: false }],
		];
		for (const [method, params] of refused) {
			assert.throws(
				() => blindParsers[method](params),
				(error) => isAppError(error, 'validation'),
				`${method} ${JSON.stringify(params)}`,
			);
		}
		assert.deepEqual(blindParsers.rate({ pair: 'h 1', choice: 'tie' }), { pair: 'h 1', choice: 'tie' });
	});
});
