import { setTimeout as sleep } from 'node:timers/promises';
import type { SuiteContext } from '../../../suites/suiteContext.ts';

const attempts = 60;
const pause = 250;

/**
 * Waits up to 15 seconds for a claim: after a reload of the window, the extension host before it holds its claims until it has
 * ended, which may be after the new one has begun.
 */
export function patientClaim(
	claim: SuiteContext['claim'],
	wait: () => Promise<void> = () => sleep(pause),
): SuiteContext['claim'] {
	return async (name) => {
		let release = await claim(name);
		for (let attempt = 1; !release && attempt < attempts; attempt++) {
			await wait();
			release = await claim(name);
		}
		return release;
	};
}
