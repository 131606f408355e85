import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { typeName } from '../common/typeName.ts';

/** Reads values from untrusted JSON. Every error names the place and what was expected there. */

export type JsonObject = Record<string, unknown>;

export function invalid(place: string, expected: string, value?: unknown): AppError {
	const found = value === undefined ? l10n.t('it is missing') : l10n.t('it is {0}', typeName(value));
	return new AppError('validation', l10n.t('{0} must be {1}; {2}', place, expected, found), {
		info: { field: place },
	});
}

export function readObject(value: unknown, place: string): JsonObject {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw invalid(place, l10n.t('an object'), value);
	}
	return value as JsonObject;
}

export function readList(value: unknown, place: string): unknown[] {
	if (!Array.isArray(value)) {
		throw invalid(place, l10n.t('a list'), value);
	}
	return value;
}

export function readString(value: unknown, place: string): string {
	if (typeof value !== 'string') {
		throw invalid(place, l10n.t('a string'), value);
	}
	return value;
}

/** The string, or `fallback` if it is absent or null. */
export function readOptionalString(value: unknown, place: string, fallback = ''): string {
	return value === undefined || value === null ? fallback : readString(value, place);
}
