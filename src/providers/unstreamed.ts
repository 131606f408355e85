/** With more parts than this, they are not searched for one by one in the streamed text. */
const maxParts = 100;

const normalised = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** A part of a finished text that was not streamed. */
export interface Rest {
	text: string;
	/** Index of the part that it belongs to. */
	at: number;
	/** It is a complete part and not the rest of one. */
	begins: boolean;
}

/**
 * What was not streamed of an item's finished parts, judging by the text and not by the server's numbers: the rest of what
 * was streamed, and parts that were not streamed at all. A single part with small differences (trimmed, without marks) does
 * not count as new text.
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

/** The parts that are not in the streamed text, if others are. */
function otherParts(streamed: string, parts: readonly string[]): Rest[] {
	if (parts.length > maxParts) {
		return [];
	}
	const all = normalised(streamed);
	const rests = parts.flatMap((text, at) => (all.includes(normalised(text)) ? [] : [{ text, at, begins: true }]));
	return rests.length < parts.length ? rests : [];
}

/** Whether a finished text lacks some of what was streamed. */
export function isIncomplete(finished: string, streamed: string): boolean {
	return finished.length < streamed.length && streamed.includes(finished);
}

/** The longer of two texts if the finished one is a prefix of the streamed one; otherwise the finished one. */
export function fuller(finished: string, streamed: string): string {
	return streamed.startsWith(finished) ? streamed : finished;
}
