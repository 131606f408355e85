/** Characters that are handed on at once. Longer texts have a space of their own in V8, which is collected late. */
const pieceLength = 16 * 1024;

/** Joins short pieces, so that a file is not written line by line. */
export async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<string> {
	let waiting = '';
	for await (const text of texts) {
		waiting += text;
		if (waiting.length >= pieceLength) {
			yield waiting;
			waiting = '';
		}
	}
	if (waiting !== '') {
		yield waiting;
	}
}
