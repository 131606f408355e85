/** So much of a body that is no answer is read: enough for what it says. */
export const startLimit = 16_384;

/** The beginning of a body that is no answer; what came of it where it breaks off, since the status tells enough. */
export async function readStart(response: Response): Promise<string> {
	const decoder = new TextDecoder();
	let text = '';
	if (response.body === null) {
		return text;
	}
	try {
		for await (const chunk of response.body as ReadableStream<Uint8Array>) {
			text += decoder.decode(chunk.subarray(0, startLimit), { stream: true });
			if (text.length >= startLimit || chunk.length > startLimit) {
				break;
			}
		}
	} catch {
		return text;
	}
	return text;
}

/** The first characters of a document, as much as `readStart` gives. */
export function startOf(text: string): string {
	return text.slice(0, startLimit);
}

/**
 * Whether a body begins as a JSON document or a page does, and not as an event stream: the type that servers and proxies give
 * it says little. Undefined while nothing came but white space (and a byte order mark).
 */
export function beginsAsDocument(text: string): boolean | undefined {
	const [first] = text.trimStart();
	return first === undefined ? undefined : first === '{' || first === '[' || first === '<';
}
