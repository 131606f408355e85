/** Fields whose value may be null. */
const nullable = new Set(['expected', 'value', 'output', 'result']);

/** The fields of a part of a suite without those that have no value yet, such as `tags:` in a file that is being written. */
export function withoutEmptyFields(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return value;
	}
	return Object.fromEntries(Object.entries(value).filter(([key, item]) => item !== null || nullable.has(key)));
}
