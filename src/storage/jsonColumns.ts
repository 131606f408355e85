import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { Row } from './database.ts';

const record = v.custom<Record<string, unknown>>(
	(value) => typeof value === 'object' && value !== null && !Array.isArray(value),
	() => l10n.t('not an object'),
);
const amount = v.optional(v.pipe(v.number(), v.finite()));

const usage = v.looseObject({
	inputTokens: amount,
	outputTokens: amount,
	thinkingTokens: amount,
	cachedInputTokens: amount,
	cacheWriteTokens: amount,
	costUsd: amount,
});

const error = v.looseObject({ code: v.string(), message: v.string(), detail: v.optional(v.string()) });

const toolResult = v.looseObject({
	summary: v.string(),
	articleCount: amount,
	isError: v.optional(v.boolean()),
	endedAt: amount,
});

const turn = v.looseObject({
	blocks: v.array(
		v.variant('type', [
			v.looseObject({
				type: v.literal('thinking'),
				id: v.string(),
				text: v.string(),
				startedAt: amount,
				endedAt: amount,
			}),
			v.looseObject({ type: v.literal('text'), id: v.string(), text: v.string(), startedAt: amount }),
			v.looseObject({
				type: v.literal('tool'),
				id: v.string(),
				name: v.string(),
				startedAt: amount,
				result: v.optional(toolResult),
			}),
		]),
	),
	usage: v.optional(usage),
	error: v.optional(error),
	stopReason: v.optional(v.string()),
	notice: v.optional(v.string()),
});

const native = v.looseObject({ provider: v.string(), model: v.string(), blocks: v.array(v.unknown()) });

const citation = v.looseObject({
	url: v.string(),
	label: v.string(),
	support: v.picklist(['supported', 'not-returned', 'unknown']),
});

/**
 * What the JSON columns may hold, whoever wrote them. Unknown fields are kept: a newer version may have written them.
 */
export const jsonSchemas = {
	metadata: record,
	parts: v.nullable(turn),
	provider_blocks: v.nullable(native),
	usage: v.nullable(usage),
	tools_used: v.array(v.string()),
	citations: v.array(citation),
	parameters: record,
	error: v.nullable(error),
} as const;

export type JsonColumn = keyof typeof jsonSchemas;

/** Replacements for values that cannot be read. */
const emptyValues: Record<JsonColumn, () => unknown> = {
	metadata: () => ({}),
	parts: () => null,
	provider_blocks: () => null,
	usage: () => null,
	tools_used: () => [],
	citations: () => [],
	parameters: () => ({}),
	error: () => null,
};

export function isJsonColumn(column: string): column is JsonColumn {
	return Object.hasOwn(jsonSchemas, column);
}

/** The value of a JSON text, or `undefined` if it is not valid JSON. */
export function parsedJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** Reads the JSON columns of one row and remembers those that do not match their schema. */
export class JsonReader {
	readonly #row: Row;
	readonly unreadable: JsonColumn[] = [];

	constructor(row: Row) {
		this.#row = row;
	}

	/** The column's value, or an empty one (null, an empty list or object) if it cannot be read. */
	get<T>(column: JsonColumn): T {
		const stored = this.#row[column];
		const value = typeof stored === 'string' ? parsedJson(stored) : null;
		if (v.is(jsonSchemas[column], value)) {
			// The parsed value, not the schema's copy: a turn keeps its fields and their order.
			return value as T;
		}
		this.unreadable.push(column);
		return emptyValues[column]() as T;
	}
}
