import * as v from 'valibot';
import type { Parameter } from './checkArguments.ts';

/** The types that arguments are made of. Lengths, ranges and names that exist are rules, which the use cases check. */
export const text = v.string('text');
export const flag = v.boolean('true or false');
export const amount = v.pipe(v.number('a number'), v.finite('a number'));
export const id = v.pipe(v.number(idForm()), v.safeInteger(idForm()), v.minValue(1, idForm()));
export const index = v.pipe(v.number(indexForm()), v.safeInteger(indexForm()), v.minValue(0, indexForm()));
export const signal = v.custom<AbortSignal>(
	(value) =>
		isObject(value) && typeof value['aborted'] === 'boolean' && typeof value['addEventListener'] === 'function',
	'an AbortSignal',
);
export const listOf = (item: v.GenericSchema, what: string) => v.array(item, what);

/** An object with no other fields; those whose name ends with `?` may be absent. */
export function fields(entries: Record<string, v.GenericSchema>): v.GenericSchema {
	const schemas = Object.entries(entries).map(([name, schema]) =>
		name.endsWith('?') ? [name.slice(0, -1), v.exactOptional(schema)] : [name, schema],
	);
	// `strictObject` alone takes a list for an object.
	return v.pipe(
		v.custom<object>(isObject, 'an object'),
		v.strictObject(Object.fromEntries(schemas) as v.ObjectEntries, 'an object'),
	);
}

export const orNull = (schema: v.GenericSchema) => v.nullable(schema);

/** A place in the arguments; a `?` at the end of its name says that it may be absent. */
export function at(name: string, schema: v.GenericSchema): Parameter {
	return name.endsWith('?') ? { name: name.slice(0, -1), schema, optional: true } : { name, schema };
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isId(value: unknown): value is number {
	return Number.isSafeInteger(value) && Number(value) >= 1;
}

/** An element of one of our trees, which VS Code hands to the commands of its menu. */
export function isTreeItem(value: unknown): value is Record<string, unknown> {
	return isObject(value) && typeof value['kind'] === 'string';
}

/** The address of a document, by its form: `instanceof` would ask for VS Code. */
export function isUri(value: unknown): value is { scheme: string; path: string; fsPath: string } {
	return isObject(value) && ['scheme', 'path', 'fsPath'].every((key) => typeof value[key] === 'string');
}

function idForm(): string {
	return 'an id, which is a whole number above 0';
}

function indexForm(): string {
	return 'a whole number from 0 on';
}
