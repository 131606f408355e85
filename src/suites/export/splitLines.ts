/** The lines of a text that comes in pieces, without their ends; of any length. */
export async function* splitLines(pieces: AsyncIterable<string>): AsyncGenerator<string, void> {
	let waiting: string[] = [];
	for await (const piece of pieces) {
		let start = 0;
		for (let end; (end = piece.indexOf('\n', start)) !== -1; start = end + 1) {
			waiting.push(piece.slice(start, end));
			yield waiting.join('').replace(/\r$/, '');
			waiting = [];
		}
		waiting.push(piece.slice(start));
	}
	const last = waiting.join('');
	if (last !== '') {
		yield last;
	}
}
