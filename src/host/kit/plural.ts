/** Selects the text for a count. Both texts are whole sentences, so that each can be translated. */
export function plural(count: number, one: string, many: string): string {
	return count === 1 ? one : many;
}
