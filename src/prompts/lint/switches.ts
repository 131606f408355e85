import type { TextRange } from './maskText.ts';
import { lineIndexAt, type TextLine } from './textLines.ts';

interface Switch {
	action: 'disable' | 'enable' | 'disable-next-line';
	/** Empty means all rules. */
	rules: readonly string[];
	start: number;
	end: number;
	line: number;
}

const form = /<!--[ \t]*lint-(disable-next-line|disable|enable)(?![\w-])([^<>\r\n]{0,1000}?)-->/g;

/**
 * The comments in a prompt that switch rules off and on: `<!-- lint-disable rule -->` from its line to the end of the
 * prompt, or to `<!-- lint-enable rule -->`; `<!-- lint-disable-next-line rule -->` for one line. They take several ids,
 * and without an id they are about all rules.
 */
export class Switches {
	readonly #switches: Switch[];
	readonly #lines: readonly TextLine[];

	constructor(text: string, lines: readonly TextLine[]) {
		this.#lines = lines;
		this.#switches = text.includes('lint-')
			? Array.from(text.matchAll(form), ({ 0: comment, 1: action, 2: ids = '', index }) => ({
					action: action as Switch['action'],
					rules: ids.split(/[\s,]+/).filter((id) => id !== ''),
					start: index,
					end: index + comment.length,
					line: lineIndexAt(lines, index),
				}))
			: [];
	}

	/** The comments themselves. */
	get ranges(): readonly TextRange[] {
		return this.#switches;
	}

	/** Where a rule is off: sorted by start. */
	offRanges(rule: string): TextRange[] {
		const ranges: TextRange[] = [];
		let offSince: number | undefined;
		for (const { action, rules, start, line } of this.#switches) {
			if (rules.length > 0 && !rules.includes(rule)) {
				continue;
			}
			const lineStart = this.#lines[line]?.start ?? 0;
			if (action === 'disable-next-line') {
				const next = this.#lines[line + 1];
				if (next) {
					// To the start of the line after it, so that a finding on an empty line is covered too.
					ranges.push({ start: next.start, end: this.#lines[line + 2]?.start ?? Infinity });
				}
			} else if (action === 'disable') {
				offSince ??= lineStart;
			} else if (offSince !== undefined) {
				ranges.push({ start: offSince, end: start });
				offSince = undefined;
			}
		}
		if (offSince !== undefined) {
			ranges.push({ start: offSince, end: Infinity });
		}
		return ranges.sort((a, b) => a.start - b.start);
	}
}
