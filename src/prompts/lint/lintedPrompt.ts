import { parseTemplate, type ParsedTemplate } from '../variables/parseTemplate.ts';
import { fenceRanges, type FenceRange } from './fenceRanges.ts';
import { findTags, type Tag } from './findTags.ts';
import { findHeadings, type Heading } from './findHeadings.ts';
import { codeSpans, maskText, type TextRange } from './maskText.ts';
import { exampleRanges } from './exampleRanges.ts';
import { looksForeign } from './looksForeign.ts';
import { findStatements, type Statement } from './statements.ts';
import { Switches } from './switches.ts';
import { lineIndexAt, textLines, type TextLine } from './textLines.ts';

/** A prompt as rules see it: its text, and what several of them need of it, each found once and on first use. */
export class LintedPrompt {
	readonly text: string;
	/** Length of the prompt, of which `text` may be the first part. */
	readonly fullLength: number;
	#lines?: TextLine[];
	#fences?: FenceRange[];
	#code?: TextRange[];
	#prose?: string;
	#lowerProse?: string;
	#headings?: Heading[];
	#statements?: Statement[];
	#rules?: Statement[];
	#isForeign?: boolean;
	#tags?: Tag[];
	#switches?: Switches;
	#template?: ParsedTemplate;

	constructor(text: string, fullLength = text.length) {
		this.text = text;
		this.fullLength = fullLength;
	}

	get lines(): readonly TextLine[] {
		return (this.#lines ??= textLines(this.text));
	}

	get fences(): readonly FenceRange[] {
		return (this.#fences ??= fenceRanges(this.text, this.lines));
	}

	/** Code spans outside of fenced blocks, with their backticks. */
	get codeSpans(): readonly TextRange[] {
		return (this.#code ??= codeSpans(this.text, this.lines, this.fences));
	}

	/** The text with code and the lint's own comments as spaces: offsets are those of the text. */
	get prose(): string {
		return (this.#prose ??= maskText(maskText(this.text, this.#sortedCode()), this.switches.ranges));
	}

	/** For patterns in lower case, which are much faster than those that ignore the case. */
	get lowerProse(): string {
		return (this.#lowerProse ??= sameLengthLowerCase(this.prose));
	}

	get headings(): readonly Heading[] {
		return (this.#headings ??= findHeadings(this.text, this.lines, this.fences));
	}

	get statements(): readonly Statement[] {
		return (this.#statements ??= findStatements(this.text, this.prose, this.lines, this.fences));
	}

	/** The statements outside of examples. */
	get rules(): readonly Statement[] {
		return (this.#rules ??= withoutRanges(this.statements, exampleRanges(this.tags, this.headings)));
	}

	/** Whether it is mostly in another language than English. */
	get isForeign(): boolean {
		return (this.#isForeign ??= looksForeign(this.lowerProse));
	}

	get tags(): readonly Tag[] {
		return (this.#tags ??= findTags(this.prose));
	}

	get switches(): Switches {
		return (this.#switches ??= new Switches(this.text, this.lines));
	}

	/** The variables, sections and comments in double braces. */
	get template(): ParsedTemplate {
		return (this.#template ??= parseTemplate(this.text));
	}

	/** One-based, for messages. */
	lineNumber(offset: number): number {
		return lineIndexAt(this.lines, offset) + 1;
	}

	/** Where findings stand that are about the prompt as a whole. */
	get firstLine(): TextRange {
		return { start: 0, end: this.lines[0]?.end ?? 0 };
	}

	#sortedCode(): TextRange[] {
		return [...this.fences, ...this.codeSpans].sort((a, b) => a.start - b.start);
	}
}

/** Both are sorted by start. */
function withoutRanges(statements: readonly Statement[], ranges: readonly TextRange[]): Statement[] {
	let next = 0;
	return statements.filter(({ start }) => {
		while ((ranges[next]?.end ?? Infinity) <= start) {
			next++;
		}
		return (ranges[next]?.start ?? Infinity) > start;
	});
}

/** A few capitals have a lower case of another length; they stay, so that offsets do. */
function sameLengthLowerCase(text: string): string {
	const lower = text.toLowerCase();
	return lower.length === text.length
		? lower
		: text.replace(/\p{Lu}/gu, (letter) =>
				letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter,
			);
}
