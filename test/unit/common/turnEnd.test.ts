import assert from 'node:assert/strict';
import { endIcons } from '../../../src/common/endIcons.ts';
import type { StopReason } from '../../../src/common/turn.ts';
import { endedByModel, turnEnd, turnEnds } from '../../../src/common/turnEnd.ts';

describe('turnEnd', () => {
	it('tells every stop reason apart, and takes a provider that gives none for a normal end', () => {
		const reasons: StopReason[] = ['stop', 'unknown', 'length', 'refusal', 'tools', 'cancelled', 'error'];
		assert.deepEqual(
			reasons.map((stopReason) => turnEnd({ stopReason })),
			['complete', 'complete', 'truncated', 'refused', 'tools', 'stopped', 'failed'],
		);
		assert.equal(turnEnd({ stopReason: 'unknown', notice: 'The server ended with the reason "x"' }), 'unknown');
		assert.equal(turnEnd({}), 'failed');
	});

	it('has an icon of its own for every end', () => {
		assert.equal(new Set(turnEnds.map((end) => endIcons[end])).size, turnEnds.length);
	});

	it('tells the ends that the model made from those that were made for it', () => {
		assert.deepEqual(
			[...turnEnds, 'streaming'].filter((end) => !endedByModel(end)),
			['stopped', 'failed', 'interrupted', 'streaming'],
		);
	});
});
