import * as l10n from '@vscode/l10n';

/** The type of a value with its article, for a sentence in an error: "a list", "an object", "null". */
export function typeName(value: unknown): string {
	if (value === null || value === undefined) {
		return String(value);
	}
	if (Array.isArray(value)) {
		return l10n.t('a list');
	}
	switch (typeof value) {
		case 'string':
			return l10n.t('a string');
		case 'number':
			return l10n.t('a number');
		case 'boolean':
			return l10n.t('a boolean');
		case 'object':
			return l10n.t('an object');
		default:
			// A function, a symbol or a bigint: from code only, never from JSON.
			return `a ${typeof value}`;
	}
}
