import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { reservedNames } from '../../prompts/variables/nameForms.ts';
import { isJson } from './isJson.ts';
import type { Parameter } from './checkArguments.ts';

/** The types of arguments. Lengths, ranges and existing names are rules, which the use cases check. */
export const text = v.string(() => l10n.t('text'));
export const flag = v.boolean(() => l10n.t('true or false'));
export const amount = v.pipe(v.number(numberForm), v.finite(numberForm));
export const id = v.pipe(v.number(idForm), v.safeInteger(idForm), v.minValue(1, idForm));
export const index = v.pipe(v.number(indexForm), v.safeInteger(indexForm), v.minValue(0, indexForm));
export const signal = v.custom<AbortSignal>(
	(value) =>
		isObject(value) && typeof value['aborted'] === 'boolean' && typeof value['addEventListener'] === 'function',
	() => l10n.t('an AbortSignal'),
);

/** Values of a prompt's variables, by name. */
export const variableValues = v.pipe(
	// A record leaves out the names that variables cannot have; here they are refused.
	v.custom<Record<string, unknown>>(
		(value) => isObject(value) && Object.keys(value).every((name) => !reservedNames.has(name)),
		objectForm,
	),
	v.record(
		v.string(),
		v.custom(
			(value) => value !== null && isJson(value),
			() => l10n.t('text, a number, true or false, a list or an object'),
		),
	),
);

export const listOf = (item: v.GenericSchema, what: () => string) => v.array(item, what);

/** An object without other fields. Fields whose name ends with `?` are optional. */
export function fields(entries: Record<string, v.GenericSchema>): v.GenericSchema {
	const schemas = Object.entries(entries).map(([name, schema]) =>
		name.endsWith('?') ? [name.slice(0, -1), v.exactOptional(schema)] : [name, schema],
	);
	// `strictObject` alone accepts a list as an object.
	return v.pipe(
		v.custom<object>(isObject, objectForm),
		v.strictObject(Object.fromEntries(schemas) as v.ObjectEntries, objectForm),
	);
}

/** What `setTags` changes. */
export const filing = fields({
	'tags?': listOf(text, () => l10n.t('a list of tags')),
	'folder?': text,
	'favourite?': flag,
});

/** Declarations of variables. */
export const variables = listOf(
	fields({
		name: text,
		type: text,
		'default?': text,
		'choices?': listOf(text, () => l10n.t('a list of texts')),
		'note?': text,
	}),
	() => l10n.t('a list of variables'),
);

export const orNull = (schema: v.GenericSchema) => v.nullable(schema);

/** A parameter; a `?` at the end of its name makes it optional. */
export function at(name: string, schema: v.GenericSchema): Parameter {
	return name.endsWith('?') ? { name: name.slice(0, -1), schema, optional: true } : { name, schema };
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isId(value: unknown): value is number {
	return Number.isSafeInteger(value) && Number(value) >= 1;
}

/** An item of one of our trees, which VS Code passes to commands of its menu. */
export function isTreeItem(value: unknown): value is Record<string, unknown> {
	return isObject(value) && typeof value['kind'] === 'string';
}

/** A URI, recognised by its shape: `instanceof` would need `vscode`. */
export function isUri(value: unknown): value is { scheme: string; path: string; fsPath: string } {
	return isObject(value) && ['scheme', 'path', 'fsPath'].every((key) => typeof value[key] === 'string');
}

function numberForm(): string {
	return l10n.t('a number');
}

function objectForm(): string {
	return l10n.t('an object');
}

function idForm(): string {
	return l10n.t('an id, which is a whole number above 0');
}

function indexForm(): string {
	return l10n.t('a whole number, 0 or more');
}
