import type { JsonSchema } from '../../common/tools.ts';
import type { SuiteCursor } from './suiteCursor.ts';

/**
 * What a schema says of the place of a cursor: the schemas of its path, with the branches of conditions that its fields
 * fulfil. Empty if the suite has no such place.
 */
export function suiteSchemas(
	root: JsonSchema,
	{ path, fields }: Pick<SuiteCursor, 'path' | 'fields'>,
): readonly JsonSchema[] {
	let schemas = branches(root, root, fields[0]);
	for (const [depth, part] of path.entries()) {
		schemas = schemas
			.flatMap((schema) => (typeof part === 'number' ? itemsOf(schema) : fieldOf(schema, part)))
			.flatMap((schema) => branches(root, schema, fields[depth + 1]));
	}
	return schemas;
}

function itemsOf({ items }: JsonSchema): JsonSchema[] {
	return isSchema(items) ? [items] : [];
}

function fieldOf({ properties, additionalProperties }: JsonSchema, name: string): JsonSchema[] {
	const own = isSchema(properties) ? properties[name] : undefined;
	return isSchema(own) ? [own] : isSchema(additionalProperties) ? [additionalProperties] : [];
}

/** A schema, where its reference leads, and those of its conditions and alternatives that may hold. */
function branches(root: JsonSchema, schema: JsonSchema, fields: ReadonlyMap<string, string> = new Map()): JsonSchema[] {
	const reference = schema['$ref'];
	if (typeof reference === 'string') {
		const target = isSchema(root['definitions'])
			? root['definitions'][reference.replace('#/definitions/', '')]
			: undefined;
		return isSchema(target) ? branches(root, target, fields) : [];
	}
	const deeper: JsonSchema[] = [];
	for (const list of [schema['allOf'], schema['anyOf'], schema['oneOf']]) {
		deeper.push(...(Array.isArray(list) ? list.filter(isSchema) : []));
	}
	if (isSchema(schema['if'])) {
		const branch = schema[holds(schema['if'], fields) ? 'then' : 'else'];
		deeper.push(...(isSchema(branch) ? [branch] : []));
	}
	return [schema, ...deeper.flatMap((branch) => branches(root, branch, fields))];
}

/** Whether the fields are there that a condition requires, with one of the values that it names. */
function holds({ required, properties }: JsonSchema, fields: ReadonlyMap<string, string>): boolean {
	const names = Array.isArray(required) ? (required as string[]) : [];
	return names.every((name) => {
		const written = fields.get(name);
		const own = isSchema(properties) ? properties[name] : undefined;
		const values = isSchema(own) ? own['enum'] : undefined;
		return written !== undefined && (!Array.isArray(values) || values.includes(written));
	});
}

function isSchema(value: unknown): value is JsonSchema {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
