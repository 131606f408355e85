/** A real fixture needs about 8 levels, plus a few for tool inputs. */
export const maxJsonDepth = 64;

/** The deepest nesting of a JSON text, counted without recursion; stops counting above `limit`. */
export function jsonDepth(text: string, limit: number): number {
	let depth = 0;
	let deepest = 0;
	let inString = false;
	for (let index = 0; index < text.length && deepest <= limit; index++) {
		const code = text.charCodeAt(index);
		if (inString) {
			if (code === 0x5c) {
				index++;
			} else if (code === 0x22) {
				inString = false;
			}
		} else if (code === 0x22) {
			inString = true;
		} else if (code === 0x7b || code === 0x5b) {
			deepest = Math.max(deepest, ++depth);
		} else if (code === 0x7d || code === 0x5d) {
			depth--;
		}
	}
	return deepest;
}
