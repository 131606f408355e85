/** The one of two texts that fits a count. Both hold the whole sentence, so that each can be translated. */
export function plural(count: number, one: string, many: string): string {
	return count === 1 ? one : many;
}
