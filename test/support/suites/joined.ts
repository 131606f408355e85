/** The text that comes in pieces. */
export async function joined(pieces: AsyncIterable<string>): Promise<string> {
	const all: string[] = [];
	for await (const piece of pieces) {
		all.push(piece);
	}
	return all.join('');
}
