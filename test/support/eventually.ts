import assert from 'node:assert/strict';
import { sleep } from './sleep.ts';

/**
 * Repeats a check until it passes and gives its answer. After 20 seconds, or as long as given (milliseconds), its last
 * error is thrown.
 */
export async function eventually<T>(check: () => T | Promise<T>, patience = 20_000): Promise<T> {
	const end = performance.now() + patience;
	for (;;) {
		try {
			return await check();
		} catch (error) {
			if (performance.now() > end) {
				throw error;
			}
			await sleep(20, 'between two looks');
		}
	}
}

/** Waits until a condition holds, as patiently as `eventually`; the error says what was waited for. */
export function until(condition: () => boolean | Promise<boolean>, what: string, patience?: number): Promise<void> {
	return eventually(async () => assert.ok(await condition(), `Waited in vain for ${what}`), patience);
}
