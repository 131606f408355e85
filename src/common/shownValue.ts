/** A value of a suite as people read it: a text as it is, anything else as indented JSON. */
export function shownValue(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
}
