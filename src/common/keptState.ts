import * as v from 'valibot';

/**
 * Reads a value of a kept state, which an older version may have written or which may be damaged: a value that does not
 * fit the schema is replaced by the fallback, and the rest is used.
 */
export const kept = v.fallback;

/** Entries by key; entries that do not fit are dropped, and only the last `limit` are kept. */
export function keptEntries<T extends v.GenericSchema>(schema: T, limit = Infinity) {
	return v.pipe(
		v.fallback(v.record(v.string(), v.unknown()), {}),
		v.transform(
			(entries) =>
				Object.fromEntries(
					Object.entries(entries)
						.filter(([, value]) => v.is(schema, value))
						.slice(-limit),
				) as Record<string, v.InferOutput<T>>,
		),
	);
}

/** A list; items that do not fit are dropped, and only the last `limit` are kept. */
export function keptList<T extends v.GenericSchema>(schema: T, limit = Infinity) {
	return v.pipe(
		v.fallback(v.array(v.unknown()), []),
		v.transform((items) => items.filter((item): item is v.InferOutput<T> => v.is(schema, item)).slice(-limit)),
	);
}

/** A number that is neither infinite nor NaN. */
export const finite = v.pipe(v.number(), v.finite());
/** Blocks of a turn that were opened or closed by hand. */
export const openBlocks = v.record(v.string(), v.boolean());
