import type { SourceNode } from '../source/sourceNode.ts';

/** Helpers for values of unknown shape. None of them throws. */

export type Fields = Record<string, unknown>;

export function isRecord(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? (value as unknown[]) : [];
}

export function recordsOf(value: unknown): Fields[] {
	return listOf(value).filter(isRecord);
}

/** The text of a scalar that is not empty; undefined of anything else. */
export function scalarText(value: unknown): string | undefined {
	const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
	return typeof text === 'string' && text.trim() !== '' ? text : undefined;
}

/** A text, or each text of a list. */
export function textsOf(value: unknown): string[] {
	return (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((item) => scalarText(item) ?? []);
}

/** A text as it is, anything else as JSON. */
export function asText(value: unknown): string {
	return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

/** The fields that are there, without those whose value is undefined. */
export function defined<T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
		[Key in keyof T]?: Exclude<T[Key], undefined>;
	};
}

/** The offset of a value inside a node; of the deepest part of the path that exists. */
export function offsetOf(node: SourceNode, path: readonly (string | number)[]): number {
	let current = node;
	for (const step of path) {
		const next = typeof step === 'number' ? current.item(step) : current.entry(step)?.value;
		if (!next) {
			break;
		}
		current = next;
	}
	return current.start;
}
