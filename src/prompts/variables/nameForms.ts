/** Parts of regular expressions with the flag `u`. */
const letters = String.raw`\p{L}\p{M}\p{N}_`;
const word = String.raw`[\p{L}_][${letters}]*(?:-[${letters}]+)*`;

/** A dotted path: letters, digits, `_` and inner `-`; a part after a dot may start with a digit, as in `items.0`. */
export const pathForm = String.raw`${word}(?:\.[${letters}]+(?:-[${letters}]+)*)*`;

/** What objects inherit or cannot have as an ordinary key. */
export const reservedNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const variableName = new RegExp(`^${word}$`, 'u');

/** The maximum length of a variable's name in UTF-16 code units. */
export const maxNameLength = 100;

/** Whether a variable can have this name. A name has no dots: they lead into a JSON value. */
export function isVariableName(name: string): boolean {
	return name.length <= maxNameLength && variableName.test(name) && !reservedNames.has(name);
}
