import * as v from 'valibot';

/** Maximum length of a text from a page; far more than anyone types. */
export const longestText = 2_000_000;

/** The types in messages from pages. They limit shape and size; the use cases check the product's rules. */
export const text = v.pipe(v.string(), v.maxLength(longestText));
export const shortText = v.pipe(v.string(), v.maxLength(10_000));
export const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
/** A count, or an index in a list. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
