import assert from 'node:assert/strict';
import { batchText } from '../../../src/common/batchText.ts';

describe('What a run that is a batch waits for', () => {
	it('is said with what is done, with what is wrong, and not at all at the end', () => {
		const progress = { state: 'waiting', requests: 1_000, done: 340 } as const;
		assert.equal(batchText(progress), `Waiting for the batch: 340 of ${(1_000).toLocaleString()} done`);
		assert.match(batchText({ ...progress, state: 'submitting' }) ?? '', /^Submitting a batch of/);
		assert.match(
			batchText({ ...progress, trouble: 'The host was not found.' }) ?? '',
			/asked again soon: The host was/,
		);
		assert.equal(batchText({ ...progress, state: 'ended' }), undefined);
	});
});
