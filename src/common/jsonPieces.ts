/** Levels of lists and objects that are taken apart. */
const levels = 3;

/**
 * The JSON of a plain value in pieces, each an item of a list or a field: the text of 100,000 cases is never in memory at once.
 * Together they are what `JSON.stringify` gives, where a list may be anything that can be iterated.
 */
export function* jsonPieces(value: unknown, depth = levels): Generator<string> {
	if (depth === 0 || typeof value !== 'object' || value === null) {
		yield JSON.stringify(value);
	} else if (isIterable(value)) {
		let separator = '[';
		for (const item of value) {
			yield separator;
			yield* jsonPieces(item ?? null, depth - 1);
			separator = ',';
		}
		yield separator === '[' ? '[]' : ']';
	} else {
		let separator = '{';
		for (const key of Object.keys(value)) {
			const field = (value as Record<string, unknown>)[key];
			if (field !== undefined) {
				yield `${separator}${JSON.stringify(key)}:`;
				yield* jsonPieces(field, depth - 1);
				separator = ',';
			}
		}
		yield separator === '{' ? '{}' : '}';
	}
}

function isIterable(value: object): value is Iterable<unknown> {
	return Symbol.iterator in value;
}
