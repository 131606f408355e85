/** What keeps a JSON example from being one, and where. */
export interface JsonProblem {
	kind: 'open' | 'closing' | 'comma' | 'string' | 'quotes' | 'trailing-comma';
	at: number;
	length: number;
}

const space = /\s+/y;
const lineComment = /(?:\/\/|#)[^\n]*/y;
const dots = /(?:\.{3,}|…)/y;
const doubleQuoted = /"(?:[^"\\\n]|\\.)*"/y;
const singleQuoted = /'(?:[^'\\\n]|\\.)*'/y;
const number = /-?\d[\d.eE+-]*/y;
const literal = /(?:true|false|null)\b/y;
const variable = /\{\{[^{}\n]*\}\}|\$\{[^{}\n]*\}|<[^<>\n]*>/y;
/** A type, a choice or a description in the place of a value: `number`, `low | high`. */
const words = /[^\s,"'[\]{}][^,"[\]{}\n]*/y;
const bareKey = /[A-Za-z_$][\w$-]*(?=\s*\??:)/y;

/**
 * Reads an example in JSON as people write them into prompts: with comments, dots for what is left out, variables, and
 * types in the place of values. Finds what is wrong in spite of all that; undefined if nothing is.
 */
export function readJsonSketch(text: string): JsonProblem | undefined {
	return new Reader(text).read();
}

class Reader {
	readonly #text: string;
	/** Where the last comment may begin: two characters before the last end of one. */
	readonly #lastComment: number;
	#at = 0;
	#open: { mark: string; at: number }[] = [];
	/** Whether some part only says what stands there: then nobody copies its quotes and commas. */
	#isSketch = false;
	#minor: JsonProblem | undefined;

	constructor(text: string) {
		this.#text = text;
		this.#lastComment = text.lastIndexOf('*/') - 2;
	}

	read(): JsonProblem | undefined {
		let expected: 'value' | 'key' | 'comma' = 'value';
		for (;;) {
			const from = this.#at;
			this.#skip();
			const character = this.#text[this.#at];
			if (character === undefined) {
				const open = this.#open.at(-1);
				return open ? { kind: 'open', at: open.at, length: 1 } : this.#isSketch ? undefined : this.#minor;
			}
			const inObject = this.#open.at(-1)?.mark === '{';
			if (character === '}' || character === ']') {
				const last = this.#open.pop();
				if (last?.mark !== (character === '}' ? '{' : '[')) {
					return { kind: 'closing', at: this.#at, length: 1 };
				}
				this.#at++;
				expected = 'comma';
			} else if (expected === 'comma') {
				if (character === ',') {
					this.#comma();
					expected = inObject ? 'key' : 'value';
				} else if (this.#open.length === 0) {
					expected = 'value';
				} else if (/["{[]/.test(character)) {
					// After dots the comma may be left out with what they stand for.
					const skipped = this.#text.slice(from, this.#at);
					if (!/\.{3}|…/.test(skipped)) {
						return { kind: 'comma', at: this.#at, length: 1 };
					}
					expected = inObject ? 'key' : 'value';
				} else {
					this.#isSketch = true;
					expected = character === '|' ? 'value' : 'comma';
					this.#at++;
				}
			} else if (expected === 'key') {
				const problem = this.#key();
				if (problem) {
					return problem;
				}
				expected = 'value';
			} else if (character === '{' && !this.#take(variable)) {
				this.#open.push({ mark: character, at: this.#at++ });
				expected = 'key';
			} else if (character === '[') {
				this.#open.push({ mark: character, at: this.#at++ });
			} else {
				const problem = character === '{' ? undefined : this.#value();
				if (problem) {
					return problem;
				}
				this.#isSketch ||= character === '{';
				expected = 'comma';
			}
		}
	}

	#key(): JsonProblem | undefined {
		const start = this.#at;
		if (this.#take(bareKey) || this.#take(singleQuoted)) {
			this.#minor ??= { kind: 'quotes', at: start, length: this.#at - start };
		} else if (!this.#take(doubleQuoted)) {
			if (this.#text[start] === '"') {
				return { kind: 'string', at: start, length: 1 };
			}
			this.#sketch();
			return undefined;
		}
		this.#skip();
		if (this.#text[this.#at] === '?') {
			this.#at++;
			this.#isSketch = true;
		}
		this.#skip();
		if (this.#text[this.#at] === ':') {
			this.#at++;
		} else {
			this.#isSketch = true;
		}
		return undefined;
	}

	#value(): JsonProblem | undefined {
		const start = this.#at;
		if (this.#take(doubleQuoted) || this.#take(number) || this.#take(literal)) {
			return undefined;
		}
		if (this.#text[start] === '"') {
			return { kind: 'string', at: start, length: 1 };
		}
		if (this.#take(singleQuoted)) {
			this.#minor ??= { kind: 'quotes', at: start, length: this.#at - start };
			return undefined;
		}
		this.#sketch();
		return undefined;
	}

	/** What stands in the place of a name or value. */
	#sketch(): void {
		this.#isSketch = true;
		if (!this.#take(variable) && !this.#take(words)) {
			this.#at++;
		}
	}

	#comma(): void {
		const at = this.#at++;
		const before = this.#at;
		this.#skip();
		if (/[}\]]/.test(this.#text[this.#at] ?? '')) {
			this.#minor ??= { kind: 'trailing-comma', at, length: 1 };
		}
		this.#at = before;
	}

	#skip(): void {
		const start = this.#at;
		while (this.#take(space) || this.#take(lineComment) || this.#take(dots) || this.#takeComment()) {
			// Until nothing of them follows.
		}
		this.#isSketch ||= /[./#…]/.test(this.#text.slice(start, this.#at));
	}

	#takeComment(): boolean {
		if (!this.#text.startsWith('/*', this.#at) || this.#at > this.#lastComment) {
			return false;
		}
		this.#at = this.#text.indexOf('*/', this.#at + 2) + 2;
		return true;
	}

	#take(form: RegExp): boolean {
		form.lastIndex = this.#at;
		const taken = form.exec(this.#text)?.[0] ?? '';
		this.#at += taken.length;
		return taken !== '';
	}
}
