const maxDepth = 100;
const maxValues = 1_000_000;

/**
 * Whether a value consists of what JSON can write: no functions, dates or numbers without end, at most 100 deep and
 * with at most a million values.
 */
export function isJson(value: unknown): boolean {
	let left = maxValues;
	const check = (item: unknown, depth: number): boolean => {
		if (--left < 0) {
			return false;
		}
		switch (typeof item) {
			case 'string':
			case 'boolean':
				return true;
			case 'number':
				return Number.isFinite(item);
			case 'object':
				return (
					item === null ||
					(depth < maxDepth && isPlain(item) && Object.values(item).every((inner) => check(inner, depth + 1)))
				);
			default:
				return false;
		}
	};
	return check(value, 0);
}

function isPlain(value: object): boolean {
	const prototype: unknown = Object.getPrototypeOf(value);
	return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}
