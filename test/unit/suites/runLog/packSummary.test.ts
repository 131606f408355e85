import assert from 'node:assert/strict';
import { packSummary, unpackSummary } from '../../../../src/suites/runLog/packSummary.ts';
import { trialSummary } from '../../../../src/suites/runLog/trialSummary.ts';
import { storedTrial } from '../../../support/suites/storedTrial.ts';

const packed = (summary: ReturnType<typeof trialSummary>): unknown[] =>
	JSON.parse(JSON.stringify(packSummary(summary))) as unknown[];

describe('packSummary', () => {
	it('keeps every field, those that only some trials have too', () => {
		const inner = { type: 'equals', pass: false, score: 0, reason: 'other', weight: 1 };
		for (const trial of [
			storedTrial(1),
			storedTrial(2, { latencyMs: null, timeToFirstTokenMs: null, usage: null, costUsd: null, reused: true }),
			storedTrial(3, {
				verdict: 'error',
				error: { code: 'network', message: 'Broken', retryable: true },
				assertions: [
					{ ...inner, error: true, open: true, metric: 'label' },
					{ ...inner, type: 'assert-set', components: [{ ...inner, metric: 'label' }] },
				],
			}),
			storedTrial(4, { assertions: [] }),
		]) {
			assert.deepEqual(unpackSummary(packed(trialSummary(trial))), trialSummary(trial));
		}
		// Of a newer version.
		const newer = { ...trialSummary(storedTrial(5)), flavour: 'salty' };
		assert.deepEqual(unpackSummary(packed(newer)), newer);
	});

	it('reads nothing else', () => {
		const good = packed(trialSummary(storedTrial(1)));
		const with8 = (value: unknown) => good.map((one, index) => (index === 8 ? value : one));
		for (const bad of [[], [5, ...good.slice(1)], good.slice(0, 8), with8('x'), with8([{}])]) {
			assert.equal(unpackSummary(bad), undefined);
		}
	});
});
