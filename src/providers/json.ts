/** Small readers for JSON of unknown shape that was received from a server. */

export type JsonRecord = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The record under `key`, or an empty one. */
export function recordAt(value: unknown, key: string): JsonRecord {
	const inner = isRecord(value) ? value[key] : undefined;
	return isRecord(inner) ? inner : {};
}

export function listAt(value: unknown, key: string): unknown[] {
	const inner = isRecord(value) ? value[key] : undefined;
	return Array.isArray(inner) ? inner : [];
}

/** The string under `key`, or ''. */
export function textAt(value: unknown, key: string): string {
	const inner = isRecord(value) ? value[key] : undefined;
	return typeof inner === 'string' ? inner : '';
}

export function numberAt(value: unknown, key: string): number | undefined {
	const inner = isRecord(value) ? value[key] : undefined;
	return typeof inner === 'number' && Number.isFinite(inner) ? inner : undefined;
}

/** The value of a JSON text; undefined if it is not valid JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** The arguments of a tool call: no text means no arguments; text that is not JSON is returned unchanged. */
export function parseArguments(text: string): unknown {
	return text.trim() === '' ? {} : (parseJson(text) ?? text);
}

/** The arguments of a tool call as the object that every API requires; anything else is wrapped in one. */
export function argumentRecord(input: unknown): JsonRecord {
	return isRecord(input) ? input : { invalid_arguments: input };
}

/** The text of a tool call's arguments: unchanged if it is an object or empty, otherwise wrapped in an object. */
export function objectArguments(text: string): string {
	const input = parseArguments(text);
	return isRecord(input) ? text : JSON.stringify(argumentRecord(input));
}

/** Removes fields that are undefined, because `exactOptionalPropertyTypes` requires absent fields to be absent. */
export function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
	return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
		[K in keyof T]?: Exclude<T[K], undefined>;
	};
}
