/** Logarithm of the sum of numbers that are given as logarithms, without overflow. */
export function logSumExp(logs: readonly number[]): number {
	const largest = logs.reduce((most, value) => Math.max(most, value), -Infinity);
	return largest === -Infinity
		? -Infinity
		: largest + Math.log(logs.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}
