import * as v from 'valibot';
import type { Filing } from '../common/api.ts';
import { promptKinds, thinkingLevels } from '../common/model.ts';
import { readFolder, readTags } from './filing.ts';

/** Unknown fields are kept: a newer version, or an import, may have written them. */
const variable = v.looseObject({
	name: v.string(),
	type: v.fallback(v.picklist(['text', 'number', 'choice', 'json']), 'text'),
	/** As it is typed into the form; JSON as its source. */
	default: v.optional(v.string()),
	choices: v.optional(v.array(v.string())),
	note: v.optional(v.string()),
});
export type PromptVariable = v.InferOutput<typeof variable>;

const tool = v.looseObject({
	name: v.string(),
	description: v.fallback(v.string(), ''),
	/** JSON Schema of the arguments. */
	inputSchema: v.fallback(v.record(v.string(), v.unknown()), {}),
});
/** A tool of an agent: what the model learns about it, and what a mock answers. */
export type PromptTool = v.InferOutput<typeof tool>;

/** What the form of a draft's tests last held; an absent field was never chosen. */
const testForm = v.looseObject({
	topic: v.fallback(v.optional(v.string()), undefined),
	thinking: v.fallback(v.optional(v.picklist(thinkingLevels)), undefined),
	limit: v.fallback(v.optional(v.number()), undefined),
	/** Values of the variables, as typed. */
	vars: v.fallback(v.record(v.string(), v.string()), {}),
});
export type TestForm = v.InferOutput<typeof testForm>;

const emptyForm: TestForm = { vars: {} };

/** Entries that cannot be read are skipped. */
function entries<Schema extends v.GenericSchema>(schema: Schema) {
	return v.pipe(
		v.fallback(v.array(v.unknown()), []),
		v.transform((list) => list.filter((entry): entry is v.InferInput<Schema> => v.is(schema, entry))),
		v.array(schema),
	);
}

const filing = v.object({
	kind: v.fallback(v.picklist(promptKinds), 'research'),
	tags: v.pipe(
		entries(v.string()),
		v.transform((tags: string[]) => readTags(tags)),
	),
	/** Names from the top, joined by `/`; empty for the top itself. */
	folder: v.pipe(v.fallback(v.string(), ''), v.transform(readFolder)),
	favourite: v.fallback(v.boolean(), false),
});

const metadata = v.object({
	...filing.entries,
	variables: entries(variable),
	tools: entries(tool),
	/** Whether the rendered prompt is sent as the system message or as the only message of the user. */
	promptRole: v.fallback(v.picklist(['system', 'user']), 'system'),
	/** What to test the prompt with, as its template proposes. */
	questions: entries(v.string()),
	testForm: v.fallback(testForm, emptyForm),
});

/** What the `metadata` of a draft, a prompt or a version says. */
export type PromptMetadata = v.InferOutput<typeof metadata>;

/** Reads a record's `metadata`, whoever wrote it: what is absent or cannot be read gets its default. */
export function readPromptMetadata(stored: Record<string, unknown>): PromptMetadata {
	return v.parse(metadata, { ...absent, ...stored });
}

/** The part of a record's `metadata` that lists show. */
export function readFiling({ kind, tags, folder, favourite }: Record<string, unknown>): Filing {
	return v.parse(filing, { kind, tags, folder, favourite });
}

const absent = Object.fromEntries(Object.keys(metadata.entries).map((key) => [key, null]));

const versionedFields = ['kind', 'variables', 'tools', 'promptRole'] as const satisfies (keyof PromptMetadata)[];

const filingFields = ['tags', 'folder'] as const satisfies (keyof PromptMetadata)[];

/** What a new prompt takes over from its draft, and a clone from its prompt: the versioned part, tags, folder and the notes of an import. */
export function filedMetadata(stored: Record<string, unknown>): Record<string, unknown> {
	return pick(stored, [...versionedFields, ...filingFields, 'imported']);
}

/** The part of a record's `metadata` that belongs to its text: it is versioned, committed and cloned with it. */
export function versionedMetadata(stored: Record<string, unknown>): Record<string, unknown> {
	return pick(stored, versionedFields);
}

/** A record's `metadata` with the versioned part of another's: what that leaves out has its default again. */
export function withVersioned(
	stored: Record<string, unknown>,
	version: Record<string, unknown>,
): Record<string, unknown> {
	const others = Object.keys(stored).filter((key) => !versionedFields.some((field) => field === key));
	return { ...pick(stored, others), ...versionedMetadata(version) };
}

function pick(stored: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
	return Object.fromEntries(keys.flatMap((key) => (key in stored ? [[key, stored[key]]] : [])));
}
