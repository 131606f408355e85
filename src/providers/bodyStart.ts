/** How many characters of a body are read that is not an answer: enough for its message. */
export const startLimit = 16_384;

/** The beginning of a body that is not an answer. If it breaks off, what has arrived, because the status says enough. */
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

/** The first characters of a document, as many as `readStart` returns. */
export function startOf(text: string): string {
	return text.slice(0, startLimit);
}

/**
 * Whether a body begins like a JSON document or a web page and not like an event stream; the content type that servers and
 * proxies send is not reliable. Undefined while only white space (and a byte order mark) has arrived.
 */
export function beginsAsDocument(text: string): boolean | undefined {
	const [first] = text.trimStart();
	return first === undefined ? undefined : first === '{' || first === '[' || first === '<';
}
