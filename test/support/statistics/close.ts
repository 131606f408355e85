import assert from 'node:assert/strict';

/** Fails unless two numbers differ by at most an absolute or a relative amount. */
export function close(actual: number, expected: number, tolerance: { abs: number } | { rel: number }, name = ''): void {
	const allowed = 'abs' in tolerance ? tolerance.abs : tolerance.rel * Math.abs(expected);
	assert.ok(Math.abs(actual - expected) <= allowed, `${name} ${actual} instead of ${expected}`);
}
