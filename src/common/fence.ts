/** A line that may begin or end a fenced code block; its indentation of up to three spaces is the caller's to check. */
export interface FenceLine {
	/** The backticks or tildes. */
	marker: string;
	/** What stands behind them, as it is. */
	info: string;
}

/** Reads a line without its indentation and line end (CommonMark 0.31, 4.5). */
export function fenceLine(line: string): FenceLine | undefined {
	const [, marker = '', info = ''] = /^(`{3,}|~{3,})(.*)$/s.exec(line) ?? [];
	return marker === '' || (marker.startsWith('`') && info.includes('`')) ? undefined : { marker, info };
}

/**
 * Finds, given one line after the other, the line that ends a fence. CommonMark takes the first bare one that is long
 * enough. Models write a fence with a language inside a fence of the same length, and close both: such a fence begins a
 * block of its own here, and the next bare line ends that one first. A text without such a fence reads as in CommonMark.
 */
export class FenceEnd {
	readonly #character: string;
	/** Lengths of the fences that are open, the outermost first. */
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
		// A language stands directly behind the fence; with a space between it is some other line.
		if (/^[^\s~]/.test(fence.info)) {
			this.#open.push(fence.marker.length);
		}
		return false;
	}
}
