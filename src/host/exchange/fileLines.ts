import { createReadStream } from 'node:fs';

/** Bytes. */
const pieceLength = 1024 * 1024;
const lineFeed = 0x0a;

/**
 * The lines of a file without their line feeds, as bytes; undefined in place of a line that is longer than `maximum`
 * bytes. Never holds more than a line and a piece of the file.
 */
export async function* fileLines(file: string, maximum: number): AsyncGenerator<Uint8Array | undefined> {
	let held: Buffer[] = [];
	let length = 0;
	const hold = (piece: Buffer) => {
		length += piece.length;
		if (length > maximum) {
			held = [];
		} else {
			held.push(piece);
		}
	};
	const take = () => {
		const line = length > maximum ? undefined : Buffer.concat(held);
		held = [];
		length = 0;
		return line;
	};
	for await (const piece of createReadStream(file, { highWaterMark: pieceLength }) as AsyncIterable<Buffer>) {
		let start = 0;
		for (let end = piece.indexOf(lineFeed); end !== -1; end = piece.indexOf(lineFeed, start)) {
			hold(piece.subarray(start, end));
			yield take();
			start = end + 1;
		}
		hold(piece.subarray(start));
	}
	if (length > 0) {
		yield take();
	}
}
