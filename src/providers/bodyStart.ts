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

const blanks = new Set([0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf]);

/**
 * Whether a body begins as a JSON document or a page does, and not as an event stream: the type that servers and proxies give
 * it says little. Undefined while only blanks (and a byte order mark) came.
 */
export function beginsAsDocument(bytes: Uint8Array): boolean | undefined {
	const first = bytes.find((byte) => !blanks.has(byte));
	return first === undefined ? undefined : first === 0x7b || first === 0x5b || first === 0x3c;
}
