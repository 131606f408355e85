/** Characters that are handed on at once. */
const pieceLength = 64 * 1024;

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
