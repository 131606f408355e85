import * as l10n from '@vscode/l10n';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { AppError, isAppError } from '../../common/errors.ts';
import type { RenderedAssertion } from '../graders/grader.ts';
import type { Sandbox } from '../sandbox.ts';
import { jsonFormats } from './jsonFormats.ts';
import { shorten } from './shorten.ts';
import { wrongValue } from './textValue.ts';

/** Says what is wrong with a value, in one line; undefined if it fits the schema. */
export type SchemaCheck = (value: unknown, sandbox: Sandbox, signal: AbortSignal) => Promise<string | undefined>;

/** The schema of `is-json` and `contains-json`, as an object or as text in JSON or YAML; undefined if there is none. */
export function schemaOf({ type, value }: RenderedAssertion): object | undefined {
	if (value === undefined || value === null || value === '') {
		return undefined;
	}
	let schema: unknown = value;
	if (typeof value === 'string') {
		try {
			schema = parse(value) as unknown;
		} catch (cause) {
			throw new AppError('validation', l10n.t('The schema is neither JSON nor YAML: {0}', messageOf(cause)), {
				cause,
			});
		}
	}
	if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
		throw wrongValue(type, l10n.t('a JSON Schema, as an object or as text in JSON or YAML'));
	}
	return schema;
}

const checks = new Map<string, Promise<SchemaCheck>>();
const maxChecks = 100;

/**
 * A check by a JSON Schema: draft 7, or 2020-12 if `$schema` says so, in strict mode, so that a misspelt keyword is an
 * error instead of a check that never fails. Only references inside the schema are followed. Rejects with `validation`.
 */
export function schemaCheck(schema: object): Promise<SchemaCheck> {
	const key = JSON.stringify(schema);
	let check = checks.get(key);
	if (!check) {
		const [oldest] = checks.keys();
		if (checks.size >= maxChecks && oldest !== undefined) {
			checks.delete(oldest);
		}
		check = compile(schema);
		checks.set(key, check);
	}
	return check;
}

async function compile(schema: object): Promise<SchemaCheck> {
	const isNew = '$schema' in schema && /\/2020-12\//.test(String(schema.$schema));
	// It takes 40 ms to load, which only those wait for who use it.
	const { Ajv, Ajv2020 } = await import('./ajv.ts');
	const patterns = new PatternMatches();
	const options = {
		logger: false,
		allErrors: true,
		formats: jsonFormats,
		code: { regExp: patterns.engine },
	} as const;
	try {
		const ajv = isNew ? new Ajv2020(options) : new Ajv(options);
		ajv.removeKeyword('uniqueItems');
		ajv.addKeyword({ keyword: 'uniqueItems', type: 'array', schemaType: 'boolean', compile: uniqueItems });
		const validate = ajv.compile(schema);
		if ('$async' in validate) {
			throw new AppError('validation', l10n.t('The schema must not be asynchronous'));
		}
		return (value, sandbox, signal) => patterns.run(validate, value, sandbox, signal);
	} catch (cause) {
		if (isAppError(cause)) {
			throw cause;
		}
		throw new AppError(
			'validation',
			// Its class is not among what a bundled Ajv exports by name.
			cause instanceof Error && 'missingRef' in cause
				? l10n.t(
						'The schema refers to {0}, but only references inside the schema are followed: copy it into "definitions"',
						shorten(String(cause.missingRef)),
					)
				: l10n.t('The schema is not valid: {0}', messageOf(cause)),
			{ cause },
		);
	}
}

/** Ajv compares every item with every other one; texts of them take linear time. */
function uniqueItems(isUnique: boolean): (items: unknown[]) => boolean {
	return (items) => !isUnique || new Set(items.map(canonical)).size === items.length;
}

/** JSON that does not depend on the order of keys. */
function canonical(value: unknown): string {
	return JSON.stringify(value, (_, item: unknown) =>
		typeof item === 'object' && item !== null && !Array.isArray(item)
			? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
			: item,
	);
}

const maxRounds = 20;

/**
 * Patterns of a schema are matched where a regular expression may take its time. Validation itself cannot wait, so it is
 * run with what is known, then what it asked for is matched, until it asks for nothing new.
 */
class PatternMatches {
	#known = new Map<string, boolean>();
	#asked = new Map<string, { pattern: string; flags: string; text: string }>();

	readonly engine = Object.assign(
		(pattern: string, flags: string) => {
			// An invalid pattern is an error of the schema, whatever the answer.
			new RegExp(pattern, flags);
			// Ajv takes two patterns with the same text for one.
			return { test: (text: string) => this.#test(pattern, flags, text), toString: () => `/${pattern}/${flags}` };
		},
		{ code: 'new RegExp' },
	);

	#test(pattern: string, flags: string, text: string): boolean {
		const key = JSON.stringify([pattern, text]);
		const known = this.#known.get(key);
		if (known === undefined) {
			this.#asked.set(key, { pattern, flags, text });
		}
		return known ?? false;
	}

	async run(
		validate: ValidateFunction,
		value: unknown,
		sandbox: Sandbox,
		signal: AbortSignal,
	): Promise<string | undefined> {
		const known = new Map<string, boolean>();
		for (let round = 0; round < maxRounds; round++) {
			// Another answer may have been checked while this one waited.
			this.#known = known;
			this.#asked = new Map();
			const fits = runSafely(validate, value);
			const asked = this.#asked;
			if (asked.size === 0) {
				return fits ? undefined : describe(validate.errors ?? []);
			}
			for (const [key, { pattern, flags, text }] of asked) {
				known.set(key, await sandbox.matches(pattern, flags, text, signal));
			}
		}
		throw new AppError('validation', l10n.t('The patterns of the schema depend on each other too often'));
	}
}

function runSafely(validate: ValidateFunction, value: unknown): boolean {
	try {
		return validate(value);
	} catch (cause) {
		if (cause instanceof RangeError) {
			const message = l10n.t('The schema refers to itself without end, or the JSON is nested too deeply');
			throw new AppError('validation', message, { cause });
		}
		throw cause;
	}
}

function describe(errors: readonly ErrorObject[]): string {
	const shown = errors
		.slice(0, 3)
		.map(({ instancePath, message = '', params }) =>
			[instancePath || '/', message, ...named(params)].filter((part) => part !== '').join(' '),
		);
	return errors.length > shown.length
		? l10n.t('{0}, and {1} more', shown.join('; '), errors.length - shown.length)
		: shown.join('; ');
}

/** The property that a schema does not allow, which the message leaves out. */
function named(params: Record<string, unknown>): string[] {
	const name = params['additionalProperty'] ?? params['unevaluatedProperty'];
	return typeof name === 'string' ? [JSON.stringify(name)] : [];
}

function messageOf(thrown: unknown): string {
	return thrown instanceof Error ? thrown.message : String(thrown);
}
