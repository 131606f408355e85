import assert from 'node:assert/strict';
import { patientClaim } from '../../../../../src/host/suites/blind/patientClaim.ts';

describe('a claim that another extension host may hold for some seconds more', () => {
	it('is taken once it is free', async () => {
		let waits = 0;
		const release = async () => undefined;
		const claim = patientClaim(
			async () => (waits < 3 ? undefined : release),
			async () => void waits++,
		);
		assert.equal(await claim('ratings'), release);
		assert.equal(waits, 3);
	});

	it('is given up in the end', async () => {
		let waits = 0;
		const claim = patientClaim(
			async () => undefined,
			async () => void waits++,
		);
		assert.equal(await claim('ratings'), undefined);
		assert.equal(waits, 59);
	});
});
