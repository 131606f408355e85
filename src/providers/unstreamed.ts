/** More parts than this are not searched one by one in what was streamed. */
const mostParts = 100;

const bare = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** What of a finished text was not streamed. */
export interface Rest {
	text: string;
	/** Which part it belongs to. */
	at: number;
	/** It is a part of its own and not the rest of one. */
	begins: boolean;
}

/**
 * What of an item's finished parts was not streamed, known by the text and not by the server's numbers: the rest of what was
 * streamed, and parts of which nothing was. One part in other words (trimmed, without marks) is no other text.
 */
export function unstreamed(streamed: string, parts: readonly string[]): Rest[] {
	const rests: Rest[] = [];
	let left = streamed;
	for (const [at, part] of parts.entries()) {
		if (left === '' || part.startsWith(left)) {
			const text = part.slice(left.length);
			if (text !== '') {
				rests.push({ text, at, begins: left === '' });
			}
			left = '';
		} else if (left.startsWith(part)) {
			left = left.slice(part.length);
		} else {
			return otherParts(streamed, parts);
		}
	}
	return rests;
}

/** The parts that do not stand in what was streamed, where others do. */
function otherParts(streamed: string, parts: readonly string[]): Rest[] {
	if (parts.length > mostParts) {
		return [];
	}
	const all = bare(streamed);
	const rests = parts.flatMap((text, at) => (all.includes(bare(text)) ? [] : [{ text, at, begins: true }]));
	return rests.length < parts.length ? rests : [];
}

/** Whether a finished text leaves out something of what was streamed. */
export function saysLess(finished: string, streamed: string): boolean {
	return finished.length < streamed.length && streamed.includes(finished);
}

/** The fuller of two texts of which one may be a beginning of the other; the finished one where they differ. */
export function fuller(finished: string, streamed: string): string {
	return streamed.startsWith(finished) ? streamed : finished;
}
