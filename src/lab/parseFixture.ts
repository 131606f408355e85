import * as l10n from '@vscode/l10n';
import type { Fixture } from '../common/api.ts';
import { AppError } from '../common/errors.ts';
import { jsonDepth, maxJsonDepth } from './jsonDepth.ts';
import { normaliseFixture } from './normaliseFixture.ts';
import { recordedFixture } from './recordedFixture.ts';

export const maxFixtureBytes = 20 * 1024 * 1024;
/** The text of foreign bytes within limits. Throws `validation`; `what` starts the sentence ("The file"). */
function decoded(bytes: Uint8Array, what: string): string {
	if (bytes.byteLength > maxFixtureBytes) {
		throw tooLarge(bytes.byteLength, what);
	}
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch (cause) {
		throw new AppError('validation', l10n.t('{0} is not UTF-8 text', what), { cause });
	}
}

function parseText(text: string, what: string): unknown {
	if (jsonDepth(text, maxJsonDepth) > maxJsonDepth) {
		throw new AppError('validation', l10n.t('{0} is nested deeper than {1} levels', what, maxJsonDepth));
	}
	try {
		return JSON.parse(text) as unknown;
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new AppError('validation', l10n.t('{0} is not valid JSON: {1}', what, reason.slice(0, 200)), { cause });
	}
}

/** Parses foreign JSON within limits. Throws `validation`; `what` starts the sentence ("The file"). */
export function parseJson(bytes: Uint8Array, what: string): unknown {
	return parseText(decoded(bytes, what), what);
}

/**
 * A fixture file as JSON. Recorded conversations, one a line or in a list, are read as a capture reads them. Throws
 * `validation` that says what is wrong.
 */
export function parseFixtureFile(bytes: Uint8Array, id: string): unknown {
	const text = decoded(bytes, 'The file');
	if (/\.jsonl$/i.test(id)) {
		return recordedFixture(text, id);
	}
	let json: unknown;
	try {
		json = parseText(text, 'The file');
	} catch (error) {
		// Lines of JSON under another name; if they are none either, the error speaks of the JSON that it should be.
		return isJsonLines(text) ? recordedFixture(text, id) : raise(error);
	}
	return Array.isArray(json) ? recordedFixture(text, id) : json;
}

function isJsonLines(text: string): boolean {
	const lines = text.split('\n', 2);
	try {
		return lines.length === 2 && typeof JSON.parse(lines[0] ?? '') === 'object';
	} catch {
		return false;
	}
}

function raise(error: unknown): never {
	throw error;
}

export function tooLarge(bytes: number, what: string): AppError {
	const megabytes = (bytes / 1024 / 1024).toFixed(1);
	return new AppError('validation', l10n.t('{0} is {1} MB; the limit is 20 MB', what, megabytes));
}

/** Reads a fixture file. Throws an `AppError('validation')` that says what is wrong and where. */
export function parseFixture(bytes: Uint8Array, id: string): Fixture {
	return normaliseFixture(parseFixtureFile(bytes, id), id);
}
