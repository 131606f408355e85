/** A line that may begin or end a fenced code block; the caller checks its indentation of up to three spaces. */
export interface FenceLine {
	/** The backticks or tildes. */
	marker: string;
	/** The text after the marker, unchanged. */
	info: string;
}

/** Reads a line that comes without its indentation and line end (CommonMark 0.31, 4.5). */
export function fenceLine(line: string): FenceLine | undefined {
	const [, marker = '', info = ''] = /^(`{3,}|~{3,})(.*)$/s.exec(line) ?? [];
	return marker === '' || (marker.startsWith('`') && info.includes('`')) ? undefined : { marker, info };
}

/**
 * Finds the line that ends a fence, line by line. CommonMark takes the first bare fence that is long enough. Models write
 * a fence with a language inside a fence of the same length and close both: here such a fence begins an inner block, which
 * the next bare fence ends first. A text without such a fence is read as in CommonMark.
 */
export class FenceEnd {
	readonly #character: string;
	/** Lengths of the open fences, outermost first. */
	readonly #open: number[];

	constructor(marker: string) {
		this.#character = marker.charAt(0);
		this.#open = [marker.length];
	}

	/** Whether this line, without its indentation and line end, ends the block. */
	ends(line: string): boolean {
		const fence = fenceLine(line);
		if (!fence || !fence.marker.startsWith(this.#character) || fence.marker.length < (this.#open.at(-1) ?? 0)) {
			return false;
		}
		if (/^[ \t]*$/.test(fence.info)) {
			this.#open.pop();
			return this.#open.length === 0;
		}
		// A language follows the fence directly; after a space it is something else.
		if (/^[^\s~]/.test(fence.info)) {
			this.#open.push(fence.marker.length);
		}
		return false;
	}
}
