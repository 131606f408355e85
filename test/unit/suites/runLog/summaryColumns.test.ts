import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import { trialSummary } from '../../../../src/suites/runLog/trialSummary.ts';
import { decodeColumns, encodeColumns } from '../../../../src/suites/runLog/summaryColumns.ts';
import type { TrialSummary } from '../../../../src/suites/suiteContext.ts';
import { announcedRandom } from '../../../support/random.ts';
import { storedTrial } from '../../../support/suites/storedTrial.ts';

const log = { read: { end: 9, batch: { first: 1, start: 2, answers: 3 }, next: 4, answersEnd: 5, lost: 6 }, check: 7 };
const random = announcedRandom();
const chance = (share: number) => random() < share;
const oneOf = <T>(...values: T[]): T => values[Math.floor(random() * values.length)] as T;

function text(): string {
	return oneOf('', 'depot', 'é', '日本', '😀', '\ud83d', '\0\0{}', '{"a":1}', String(random()), 'x'.repeat(300));
}

function summary(number: number): TrialSummary {
	return trialSummary(
		storedTrial(number, {
			...(chance(0.2) && { verdict: 'error', error: { code: 'network', message: text(), retryable: true } }),
			...(chance(0.2) && { assertions: [] }),
			...(chance(0.2) && { latencyMs: null, usage: null, costUsd: null, timeToFirstTokenMs: null }),
			score: oneOf(0, 1, random(), 1e-300),
			reused: chance(0.5),
			query: text(),
			output: text() + (chance(0.5) ? number : ''),
			variant: text(),
		}),
	);
}

async function encoded(trials: TrialSummary[]): Promise<Buffer> {
	return Buffer.concat((await encodeColumns(trials, log)) ?? []);
}

/** With a checksum that fits. */
function withChecksum(bytes: Buffer): Buffer {
	bytes.writeUInt32LE(crc32(bytes.subarray(4)));
	return bytes;
}

describe('columns of summaries', () => {
	it('give back what was put into them, whatever it is', async () => {
		for (let round = 0; round < 150; round++) {
			const trials = Array.from({ length: Math.floor(random() * 40) }, (_, number) => summary(number));
			assert.deepEqual(decodeColumns(await encoded(trials)), { trials, log });
		}
	});

	it('keep what other programs may have left: fields of a newer version, fields without a value, other types', async () => {
		const [first, second, third] = [summary(1), summary(2), summary(3)];
		const newer = { ...first, flavour: 'salty', deep: { list: [1, null] } };
		const odd = {
			...second,
			latencyMs: '5',
			usage: undefined,
			preview: null,
			score: null,
		} as unknown as TrialSummary;
		assert.deepEqual(decodeColumns(await encoded([newer, odd, third]))?.trials, [newer, odd, third]);
	});

	it('let equal cases be one object, which saves memory', async () => {
		const trials = decodeColumns(await encoded([0, 400].map(summary)))?.trials;
		assert.ok(trials?.[0] && trials[0].case === trials[1]?.case);
	});

	it('are nothing once any byte is damaged or missing', async () => {
		const bytes = await encoded([summary(1), summary(2)]);
		for (let at = 0; at < bytes.length; at++) {
			const damaged = Buffer.from(bytes);
			damaged[at] = (damaged[at] ?? 0) ^ (1 << Math.floor(random() * 8));
			assert.equal(decodeColumns(damaged), undefined, `byte ${at}`);
			assert.equal(decodeColumns(bytes.subarray(0, at)), undefined, `${at} bytes`);
		}
	});

	it('of another format are not read', async () => {
		const bytes = await encoded([summary(1)]);
		const at = bytes.indexOf('"format":1') + '"format":'.length;
		bytes.write('2', at);
		assert.equal(decodeColumns(withChecksum(bytes)), undefined);
		bytes.write('1', at);
		assert.equal(decodeColumns(withChecksum(bytes))?.trials.length, 1);
	});
});
