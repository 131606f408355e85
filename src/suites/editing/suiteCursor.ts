/** Where a cursor stands in a suite that is being typed. */
export interface SuiteCursor {
	/** Fields and indexes from the top to the map of a key, or to a value. */
	path: readonly (string | number)[];
	/** `either`: a new value, which may become a map and then begins with a key. */
	role: 'key' | 'value' | 'either';
	/** What is written at each part of the path: index 0 is the suite. Fields with their texts; empty for lists. */
	fields: readonly ReadonlyMap<string, string>[];
	/** The text that a completion replaces, as offsets. */
	start: number;
	end: number;
	/** The key has its colon already. */
	hasColon: boolean;
}

/** Larger texts are not looked through at every keystroke. */
const maxLength = 1_000_000;

/**
 * Finds the place of an offset in a YAML suite by its indentation and brackets, so that it works in the middle of typing,
 * where no parser does. Undefined in comments and block texts, and in texts above a million characters.
 */
export function suiteCursor(text: string, offset: number): SuiteCursor | undefined {
	return text.length > maxLength ? undefined : new Scan(text, offset).find();
}

interface Frame {
	/** Column of its keys or dashes; of flow collections Infinity. */
	indent: number;
	/** The key or index that is being read. */
	at: string | number;
	fields: Map<string, string>;
}

const key = /^("[^"\n]*"|'[^'\n]*'|[^\s#{}[\],"'&*!|>%@`][^#\n]*?)\s*:(?=\s|$)/;

class Scan {
	readonly #text: string;
	readonly #offset: number;
	/** From the top to where the scan is. */
	readonly #frames: Frame[] = [];
	/** Lines that are indented more are the text of this block. */
	#block: number | undefined;
	#found: SuiteCursor | undefined;

	constructor(text: string, offset: number) {
		this.#text = text;
		this.#offset = offset;
	}

	/** Reads to the end of the map at the cursor, because a field below it may say what belongs here. */
	find(): SuiteCursor | undefined {
		for (let start = 0; start <= this.#text.length;) {
			const lineEnd = this.#text.indexOf('\n', start);
			const end = lineEnd < 0 ? this.#text.length : lineEnd;
			start = this.#line(start, this.#text.slice(start, end).replace(/\r$/, '')) + 1;
			if (start > this.#offset && !this.#found) {
				return undefined;
			}
		}
		return this.#found;
	}

	/** Reads a line, or a flow collection that goes over several. Returns the offset of its end. */
	#line(start: number, line: string): number {
		const end = start + line.length + (this.#text[start + line.length] === '\r' ? 1 : 0);
		const indent = /^ */.exec(line)?.[0].length ?? 0;
		const isEmpty = line.trim() === '';
		if (this.#block !== undefined && (isEmpty || indent > this.#block)) {
			return end;
		}
		const isHere = this.#offset >= start && this.#offset <= start + line.length;
		if (isEmpty) {
			if (isHere) {
				this.#bare(this.#offset - start, this.#offset, this.#offset);
			}
			return end;
		}
		this.#block = undefined;
		if (/^\s*#|^(?:---|\.\.\.)/.test(line)) {
			return end;
		}
		return Math.max(end, this.#content(start, line, indent));
	}

	#content(start: number, line: string, indent: number): number {
		let column = indent;
		for (let dash; (dash = /^-(?: +|$)/.exec(line.slice(column))); column += dash[0].length) {
			this.#item(column);
		}
		const rest = line.slice(column);
		if (rest === '') {
			// The dash stands alone.
			if (this.#offset > start + indent && this.#offset <= start + line.length) {
				this.#bare(column, this.#offset, this.#offset);
			}
			return 0;
		}
		const match = key.exec(rest);
		if (!match) {
			return this.#value(start + column, rest, column, true);
		}
		const name = unquoted(match[1] ?? '');
		const keyEnd = start + column + (match[1] ?? '').length;
		this.#key(column, name);
		if (this.#offset >= start + column && this.#offset <= keyEnd) {
			this.#report('key', start + column, keyEnd, true);
		}
		const after = column + match[0].length;
		const blanks = /^ */.exec(line.slice(after))?.[0].length ?? 0;
		const value = line.slice(after + blanks);
		if (/^[|>]/.test(value)) {
			this.#block = column;
			return 0;
		}
		if (value === '' || value.startsWith('#')) {
			const isHere = this.#offset > start + after && this.#offset <= start + after + blanks;
			if (isHere && this.#offset > keyEnd) {
				this.#report('value', this.#offset, this.#offset, false);
			}
			return 0;
		}
		this.#frames.at(-1)?.fields.set(name, scalar(value));
		return this.#value(start + after + blanks, value, column, false);
	}

	/** A value on the rest of a line; `isBare`: no key is before it, so it may become one. */
	#value(start: number, value: string, column: number, isBare: boolean): number {
		if (/^[[{]/.test(value)) {
			return this.#flow(start, column);
		}
		const end = start + value.replace(/\s+#.*$/, '').trimEnd().length;
		if (this.#offset >= start && this.#offset <= end) {
			if (isBare) {
				this.#bare(column, start, end);
			} else {
				this.#report('value', start, end, false);
			}
		}
		return 0;
	}

	/** A dash at a column. */
	#item(column: number): void {
		// At the column of a key it is the list of that key.
		this.#leave((frame) => frame.indent > column);
		const top = this.#frames.at(-1);
		if (top && top.indent === column && typeof top.at === 'number') {
			top.at++;
		} else {
			this.#frames.push({ indent: column, at: 0, fields: new Map() });
		}
	}

	#key(column: number, name: string): void {
		this.#leave((frame) => frame.indent > column || (frame.indent === column && typeof frame.at === 'number'));
		const top = this.#frames.at(-1);
		if (top?.indent === column) {
			top.at = name;
		} else {
			this.#frames.push({ indent: column, at: name, fields: new Map() });
		}
		this.#frames.at(-1)?.fields.set(name, '');
	}

	#leave(isOver: (frame: Frame) => boolean): void {
		while (this.#frames.length > 0 && isOver(this.#frames.at(-1) as Frame)) {
			this.#frames.pop();
		}
	}

	/** A text without a colon, or nothing yet. */
	#bare(column: number, start: number, end: number): void {
		this.#leave((frame) => frame.indent > column || (frame.indent === column && typeof frame.at === 'number'));
		const top = this.#frames.at(-1);
		if (!top) {
			this.#found ??= { path: [], role: 'key', fields: [new Map()], start, end, hasColon: false };
		} else {
			this.#report(top.indent === column ? 'key' : 'either', start, end, false);
		}
	}

	#report(role: SuiteCursor['role'], start: number, end: number, hasColon: boolean): void {
		const inner = role === 'key' ? this.#frames.slice(0, -1) : this.#frames;
		const fields = this.#frames.map((frame) => frame.fields);
		this.#found ??= {
			path: inner.map(({ at }) => at),
			role,
			fields: role === 'key' ? fields : [...fields, new Map<string, string>()],
			start,
			end,
			hasColon,
		};
	}

	/** Reads a collection in brackets; one that is not closed ends with its line. Returns the offset of its end. */
	#flow(from: number, column: number): number {
		const depth = this.#frames.length;
		const limit = flowLimit(this.#text, from, column);
		let isKeyNext = false;
		let position = from;
		while (position < limit) {
			const rest = this.#text.slice(position, limit);
			const token =
				/^(?:"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|[[\]{},]|:(?=[\s,[\]{}]|$)|#[^\n]*|\s+|(?:[^\s[\]{},:]|:(?![\s,[\]{}]|$)| (?=[^\s#[\]{},:]))+)/.exec(
					rest,
				)?.[0] ?? rest.charAt(0);
			const end = position + token.length;
			const top = this.#frames.at(-1);
			const isHere = this.#offset >= position && this.#offset <= end;
			if (token === '{' || token === '[') {
				this.#frames.push({ indent: Infinity, at: token === '{' ? '' : 0, fields: new Map() });
				isKeyNext = token === '{';
				if (this.#offset === end && /^\s*[}\]]?/.test(this.#text.slice(end, limit))) {
					this.#flowGap(isKeyNext);
				}
			} else if (token === '}' || token === ']') {
				if (isHere && this.#offset === position) {
					this.#flowGap(isKeyNext);
				}
				this.#frames.pop();
				isKeyNext = false;
				if (this.#frames.length === depth) {
					return end;
				}
			} else if (token === ',' && top) {
				if (typeof top.at === 'number') {
					top.at++;
				} else {
					isKeyNext = true;
					top.at = '';
				}
			} else if (token === ':') {
				isKeyNext = false;
			} else if (token.trim() === '') {
				if (isHere && this.#offset > position && !/[^\s,}\]]/.test(this.#text.charAt(end))) {
					this.#flowGap(isKeyNext);
				}
			} else if (!token.startsWith('#') && top) {
				const after = /^\s*:/.test(this.#text.slice(end, limit));
				if (isKeyNext) {
					top.at = unquoted(token);
					top.fields.set(top.at, '');
					if (isHere) {
						this.#report('key', position, end, after);
					}
				} else {
					if (typeof top.at === 'string') {
						top.fields.set(top.at, unquoted(token));
					}
					if (isHere) {
						this.#report('value', position, end, false);
					}
				}
			}
			position = end;
		}
		this.#frames.length = Math.min(this.#frames.length, depth);
		return limit;
	}

	/** The cursor is between two tokens. */
	#flowGap(isKeyNext: boolean): void {
		this.#report(isKeyNext ? 'key' : 'value', this.#offset, this.#offset, false);
	}
}

/** The end of the lines that can belong to a flow collection: those that are indented more than its key. */
function flowLimit(text: string, from: number, column: number): number {
	let end = text.indexOf('\n', from);
	while (end >= 0) {
		const next = text.indexOf('\n', end + 1);
		const line = text.slice(end + 1, next < 0 ? text.length : next);
		if (line.trim() !== '' && (/^ */.exec(line)?.[0].length ?? 0) <= column) {
			return end;
		}
		end = next;
	}
	return text.length;
}

function unquoted(text: string): string {
	return /^(["']).*\1$/s.test(text) ? text.slice(1, -1) : text;
}

function scalar(value: string): string {
	return unquoted(value.replace(/\s+#.*$/, '').trim());
}
