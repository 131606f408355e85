import type { JsonSchema } from '../../common/tools.ts';
import type { SuiteCursor } from './suiteCursor.ts';
import { suiteSchemas } from './suiteSchemas.ts';

export interface SuiteCompletion {
	label: string;
	kind: 'field' | 'value';
	/** What it means. */
	description: string;
	insertText: string;
}

/** The fields that may be added at a cursor, and the values that its field may have. */
export function suiteCompletions(root: JsonSchema, cursor: SuiteCursor): SuiteCompletion[] {
	const schemas = suiteSchemas(root, cursor);
	const fields = cursor.role === 'value' ? [] : schemas.flatMap((schema) => newFields(schema, cursor));
	const values = cursor.role === 'key' ? [] : schemas.flatMap(valuesOf);
	// A condition of the schema may describe a field once more; the first description is the field's own.
	const known = new Map<string, SuiteCompletion>();
	for (const one of [...fields, ...values]) {
		const earlier = known.get(one.label);
		known.set(one.label, earlier ? { ...earlier, description: earlier.description || one.description } : one);
	}
	return [...known.values()];
}

function newFields({ properties = {} }: JsonSchema, cursor: SuiteCursor): SuiteCompletion[] {
	const written = cursor.fields.at(-1);
	return Object.entries(properties as Record<string, JsonSchema>)
		.filter(([name]) => cursor.hasColon || !written?.has(name))
		.map(([name, schema]) => ({
			label: name,
			kind: 'field',
			description: descriptionOf(schema),
			insertText: cursor.hasColon ? name : isCollection(schema) ? `${name}:` : `${name}: `,
		}));
}

/** Lists and maps begin on the next line. */
function isCollection({ type, $ref: reference }: JsonSchema): boolean {
	return type === 'array' || type === 'object' || reference !== undefined;
}

function valuesOf(schema: JsonSchema): SuiteCompletion[] {
	const {
		enum: values = [],
		enumDescriptions = [],
		type,
	} = schema as {
		enum?: unknown[];
		enumDescriptions?: string[];
		type?: unknown;
	};
	const all = type === 'boolean' ? [true, false] : values;
	return all.map((value, index) => {
		const label = String(value);
		return { label, kind: 'value', description: enumDescriptions[index] ?? '', insertText: label };
	});
}

/** What a field or a value at a cursor means; undefined if the suite knows nothing there. */
export function suiteHover(root: JsonSchema, cursor: SuiteCursor, word: string): string | undefined {
	if (cursor.role === 'key') {
		const inner = { path: [...cursor.path, word], fields: cursor.fields };
		const texts = suiteSchemas(root, inner).map(descriptionOf).filter(Boolean);
		return texts.length > 0 ? [...new Set(texts)].join('\n\n') : undefined;
	}
	const value = suiteSchemas(root, cursor)
		.flatMap(valuesOf)
		.find(({ label }) => label === word);
	return value?.description ? value.description : undefined;
}

function descriptionOf({ description }: JsonSchema): string {
	return typeof description === 'string' ? description : '';
}
