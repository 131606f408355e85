import * as v from 'valibot';

/** Longest text that a page may send; nothing that a person types comes near. */
export const longestText = 2_000_000;

/**
 * What the messages of pages are made of. These are strict about shape and size; the rules of the product are checked by
 * the use cases.
 */
export const text = v.pipe(v.string(), v.maxLength(longestText));
export const shortText = v.pipe(v.string(), v.maxLength(10_000));
export const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
/** A number of things, or the place of one in a list. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
