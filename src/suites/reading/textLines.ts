/**
 * The lines of a text that comes in pieces, without their ends (LF, CR LF or CR): those that each piece completes, and the last
 * one, which is empty after a line end.
 */
export async function* textLines(pieces: AsyncIterable<string>): AsyncGenerator<string[], void> {
	let waiting: string[] = [];
	let endsWithReturn = false;
	for await (const piece of pieces) {
		const text = endsWithReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
		endsWithReturn = piece === '' ? endsWithReturn : piece.endsWith('\r');
		const [first = '', ...others] = text.split(/\r\n?|\n/);
		waiting.push(first);
		const rest = others.pop();
		if (rest !== undefined) {
			yield [waiting.join(''), ...others];
			waiting = [rest];
		}
	}
	yield [waiting.join('')];
}
