import * as v from 'valibot';

/**
 * What a kept state is read by: it may be of an older version or damaged, and then what still fits is taken. Of what does
 * not fit, `missing` stands in place.
 */
export const kept = v.fallback;

/** Entries by key; those that do not fit are left out, and the last `limit` are kept. */
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

/** A list; what does not fit is left out, and the last `limit` are kept. */
export function keptList<T extends v.GenericSchema>(schema: T, limit = Infinity) {
	return v.pipe(
		v.fallback(v.array(v.unknown()), []),
		v.transform((items) => items.filter((item): item is v.InferOutput<T> => v.is(schema, item)).slice(-limit)),
	);
}

/** A number with a place on the number line. */
export const finite = v.pipe(v.number(), v.finite());
/** Blocks of a turn that were opened or closed by hand. */
export const openBlocks = v.record(v.string(), v.boolean());
