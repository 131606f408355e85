import * as v from 'valibot';

const notes = v.object({
	model: v.fallback(v.optional(v.string()), undefined),
	parameters: v.fallback(v.optional(v.record(v.string(), v.unknown())), undefined),
	origin: v.fallback(
		v.optional(v.object({ format: v.string(), fields: v.record(v.string(), v.unknown()) })),
		undefined,
	),
});

/** What the file of an imported draft says that only an export uses: no run reads it. */
export type ImportNotes = v.InferOutput<typeof notes>;

/** Reads the notes in a record's `metadata`, whoever wrote it. */
export function readImportNotes({ imported }: Record<string, unknown>): ImportNotes {
	const parsed = v.safeParse(notes, imported);
	return parsed.success ? parsed.output : {};
}
