import { isRecord, scalarText, textsOf, type Fields } from '../reading/values.ts';
import type { KnownVariable } from '../template/variablesOf.ts';

/**
 * The variables of an input schema: Picoschema (google/dotprompt), where `name?(enum, what it is): [a, b]` and
 * `name: string, what it is`, or JSON Schema. A schema that is only named says nothing.
 */
export function inputVariables(schema: unknown, defaults: Fields): Record<string, KnownVariable> {
	const known: Record<string, KnownVariable> = {};
	if (isRecord(schema)) {
		const properties =
			schema['type'] === 'object' && isRecord(schema['properties']) ? schema['properties'] : undefined;
		for (const [key, value] of Object.entries(properties ?? schema)) {
			const read = properties ? jsonSchemaVariable(key, value) : picoVariable(key, value);
			if (read) {
				known[read.name] = read.variable;
			}
		}
	}
	for (const [name, value] of Object.entries(defaults)) {
		known[name] = { ...known[name], default: value };
	}
	return known;
}

function jsonSchemaVariable(name: string, schema: unknown): { name: string; variable: KnownVariable } {
	const fields = isRecord(schema) ? schema : {};
	const note = scalarText(fields['description']);
	return {
		name,
		variable: {
			...typeOf(scalarText(fields['type'])),
			...choicesOf(fields['enum']),
			...(note !== undefined && { note }),
		},
	};
}

function picoVariable(key: string, value: unknown): { name: string; variable: KnownVariable } | undefined {
	const [, name = '', optional, kind, note] = /^([^(?]+)(\?)?(?:\(([\w-]+)(?:,\s*([^)]*))?\))?$/.exec(key) ?? [];
	if (name === '' || name === '(*)') {
		return undefined;
	}
	const [, type, told] = typeof value === 'string' ? (/^\s*([\w-]+)\s*(?:,\s*(.*))?$/s.exec(value) ?? []) : [];
	const described = note ?? told;
	const shape =
		kind === 'enum'
			? choicesOf(value)
			: kind === 'array' || kind === 'object'
				? { type: 'json' as const }
				: typeOf(isRecord(value) ? 'object' : type);
	return {
		name,
		variable: {
			...shape,
			...(described !== undefined && described !== '' && { note: described }),
			// What may be missing is empty.
			...(optional !== undefined && shape.type === undefined && kind !== 'enum' && { default: '' }),
		},
	};
}

function typeOf(type: string | undefined): KnownVariable {
	switch (type) {
		case 'number':
		case 'integer':
		case 'float':
			return { type: 'number' };
		case 'object':
		case 'array':
		case 'any':
		case 'boolean':
			return { type: 'json' };
		default:
			return {};
	}
}

function choicesOf(values: unknown): KnownVariable {
	const choices = textsOf(values);
	return Array.isArray(values) && choices.length > 0 ? { choices } : {};
}
