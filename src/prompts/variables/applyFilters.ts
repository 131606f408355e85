import * as l10n from '@vscode/l10n';
import { typeName } from '../../common/typeName.ts';
import { missing } from './readPath.ts';
import type { TemplateFilter } from './templateTag.ts';

/** A value that cannot be written as text; its message ends a sentence that names the variable. */
export class UnusableValue extends Error {}

/** The value after its filters, or `missing`. Throws `UnusableValue`. */
export function applyFilters(value: unknown, filters: readonly TemplateFilter[]): unknown {
	return filters.reduce<unknown>((current, { name, argument = '' }) => {
		if (name === 'default') {
			return current === missing ? argument : current;
		}
		if (current === missing) {
			return current;
		}
		switch (name) {
			case 'upper':
				return textOf(current).toUpperCase();
			case 'lower':
				return textOf(current).toLowerCase();
			case 'trim':
				return textOf(current).trim();
			case 'json':
				return jsonOf(current);
			case 'join':
				return join(current, argument);
		}
	}, value);
}

/** A text is itself, null is empty, a list its items with commas between, an object is JSON. Throws `UnusableValue`. */
export function textOf(value: unknown): string {
	switch (typeof value) {
		case 'string':
			return value;
		case 'number':
		case 'boolean':
		case 'bigint':
			return String(value);
		case 'object':
			return value === null ? '' : Array.isArray(value) ? join(value, ',') : jsonOf(value);
		default:
			throw new UnusableValue(l10n.t('it is {0}, which is no text', typeName(value)));
	}
}

function join(value: unknown, separator: string): string {
	if (!Array.isArray(value)) {
		throw new UnusableValue(l10n.t('"join" needs a list, and it is {0}', typeName(value)));
	}
	return value.map((item: unknown) => (Array.isArray(item) ? jsonOf(item) : textOf(item))).join(separator);
}

function jsonOf(value: unknown): string {
	let json: string | undefined;
	try {
		json = JSON.stringify(value);
	} catch {
		// A circle, a bigint, or nesting that is too deep.
	}
	if (json === undefined) {
		throw new UnusableValue(l10n.t('it cannot be written as JSON'));
	}
	return json;
}
