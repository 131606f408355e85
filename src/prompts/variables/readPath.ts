/** Marks a name without a value; a value may be null. */
export const missing = Symbol('missing');

/**
 * The value of a dotted path, looked for from the innermost item outwards. Only own properties count, so that no
 * template reaches a prototype, a method or the length of a text.
 */
export function readPath(name: string, frames: readonly unknown[]): unknown {
	if (name === '.') {
		return frames.at(-1);
	}
	const [first = '', ...rest] = name.split('.');
	let value: unknown = missing;
	for (let index = frames.length - 1; index >= 0 && value === missing; index--) {
		value = ownValue(frames[index], first);
	}
	for (const key of rest) {
		value = ownValue(value, key);
	}
	return value;
}

function ownValue(holder: unknown, key: string): unknown {
	if (typeof holder !== 'object' || holder === null) {
		return missing;
	}
	// A getter is code, and code is never run.
	const property = Object.getOwnPropertyDescriptor(holder, key);
	return property && 'value' in property && property.value !== undefined ? (property.value as unknown) : missing;
}
