import * as l10n from '@vscode/l10n';
import type { Fixture } from '../common/api.ts';
import { AppError } from '../common/errors.ts';
import { jsonDepth, maxJsonDepth } from '../formats/capture/jsonDepth.ts';
import { normaliseFixture } from './normaliseFixture.ts';
import { recordedFixture } from './recordedFixture.ts';

export const maxFixtureBytes = 20 * 1024 * 1024;

/** Decodes untrusted bytes of limited size. Throws `validation`; `what` starts the sentence ("The file"). */
function decode(bytes: Uint8Array, what: string): string {
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

/** Parses untrusted JSON of limited size and depth. Throws `validation`; `what` starts the sentence ("The file"). */
export function parseJson(bytes: Uint8Array, what: string): unknown {
	return parseText(decode(bytes, what), what);
}

/**
 * A fixture file as JSON. Recorded conversations, one per line or in a list, are captured first. Throws a `validation`
 * error that says what is wrong.
 */
export function parseFixtureFile(bytes: Uint8Array, id: string): unknown {
	const text = decode(bytes, l10n.t('The file'));
	if (/\.jsonl$/i.test(id)) {
		return recordedFixture(text, id);
	}
	let json: unknown;
	try {
		json = parseText(text, l10n.t('The file'));
	} catch (error) {
		// May be JSON Lines with another extension. If not, the error is about the JSON that it should be.
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

/** Reads a fixture file. Throws a `validation` error that says what is wrong and where. */
export function parseFixture(bytes: Uint8Array, id: string): Fixture {
	return normaliseFixture(parseFixtureFile(bytes, id), id);
}
