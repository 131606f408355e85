import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';

/** Reads values out of JSON that somebody else wrote. Every error names the place and what was expected there. */

export type JsonObject = Record<string, unknown>;

function kind(value: unknown): string {
	return value === null
		? 'null'
		: Array.isArray(value)
			? 'a list'
			: typeof value === 'object'
				? 'an object'
				: `a ${typeof value}`;
}

export function invalid(place: string, expected: string, value?: unknown): AppError {
	const found = value === undefined ? 'it is missing' : `it is ${kind(value)}`;
	return new AppError('validation', l10n.t('{0} must be {1}; {2}', place, expected, found), {
		info: { field: place },
	});
}

export function readObject(value: unknown, place: string): JsonObject {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw invalid(place, 'an object', value);
	}
	return value as JsonObject;
}

export function readList(value: unknown, place: string): unknown[] {
	if (!Array.isArray(value)) {
		throw invalid(place, 'a list', value);
	}
	return value;
}

export function readString(value: unknown, place: string): string {
	if (typeof value !== 'string') {
		throw invalid(place, 'a string', value);
	}
	return value;
}

/** The string, or `fallback` where it is absent or null. */
export function readOptionalString(value: unknown, place: string, fallback = ''): string {
	return value === undefined || value === null ? fallback : readString(value, place);
}
