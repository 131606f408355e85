/**
 * Whether a JSON value holds everything that is expected of it. Objects may have more, at every depth; lists have the same
 * length, each item fitting its own; all other values are compared by `isSame`.
 */
export function fitsPartly(
	value: unknown,
	expected: unknown,
	isSame: (value: unknown, expected: unknown) => boolean = Object.is,
): boolean {
	if (Array.isArray(expected)) {
		return (
			Array.isArray(value) &&
			value.length === expected.length &&
			expected.every((item, index) => fitsPartly(value[index], item, isSame))
		);
	}
	if (typeof expected === 'object' && expected !== null) {
		return (
			typeof value === 'object' &&
			value !== null &&
			!Array.isArray(value) &&
			Object.entries(expected).every(
				([key, item]) =>
					Object.hasOwn(value, key) && fitsPartly((value as Record<string, unknown>)[key], item, isSame),
			)
		);
	}
	return isSame(value, expected);
}
