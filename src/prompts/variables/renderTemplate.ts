import * as l10n from '@vscode/l10n';
import { applyFilters, textOf, UnusableValue } from './applyFilters.ts';
import { parseTemplate, type ParsedTemplate } from './parseTemplate.ts';
import { missing, readPath } from './readPath.ts';
import { maxSectionDepth, variableOf, type TemplateProblem, type TemplateTag } from './templateTag.ts';
import { textPieces } from './textPieces.ts';

export interface RenderOptions {
	/** Renders only these variables, and what is in their sections; everything else stays as it is. */
	only?: ReadonlySet<string>;
	/** The maximum length of the result in UTF-16 code units; default 10 million. */
	maxLength?: number;
}

/** The text, or why there is none. `preview` is what can be rendered: the tags with problems stand in it as written. */
export type Rendered = { text: string } | { problems: TemplateProblem[]; preview: string };

const defaultMaxLength = 10_000_000;
const maxSteps = 1_000_000;
const maxProblems = 100;

/**
 * Renders a template; never throws. Values are inserted as they are: nothing is escaped, and tags inside a value are
 * text. A name without a value is a problem; in a section's item it counts as false where a section asks for it.
 */
export function renderTemplate(
	text: string,
	values: Readonly<Record<string, unknown>>,
	options: RenderOptions = {},
): Rendered {
	return renderParsed(text, parseTemplate(text), values, options);
}

export function renderParsed(
	text: string,
	parsed: ParsedTemplate,
	values: Readonly<Record<string, unknown>>,
	{ only, maxLength = defaultMaxLength }: RenderOptions = {},
): Rendered {
	const isChosen = (variable: string | undefined) => !only || (variable !== undefined && only.has(variable));
	const problems = parsed.problems.filter(({ variable }) => isChosen(variable));
	const kept = keptTags(parsed, isChosen);
	const pieces = textPieces(
		text,
		kept.map(({ tag }) => tag),
		parsed.backslashes.filter(({ variable }) => isChosen(variable)),
	);
	const rendering = new Rendering(text, kept, pieces, maxLength);
	const rendered = rendering.run(values);
	problems.push(...rendering.problems);
	return problems.length === 0 ? { text: rendered } : { problems, preview: rendered };
}

interface KeptTag {
	tag: TemplateTag;
	/** Of a section: the index of its end among the kept tags. */
	end?: number;
}

/** The tags to render: all but sections without an end or too deep, ends without a section, and what is not chosen. */
function keptTags({ tags, ends }: ParsedTemplate, isChosen: (variable: string) => boolean): KeptTag[] {
	const kept: KeptTag[] = [];
	const open: { section: KeptTag; end: number }[] = [];
	for (const [index, tag] of tags.entries()) {
		const current = open.at(-1);
		if (tag.kind === 'end') {
			if (current?.end === index) {
				current.section.end = kept.length;
				open.pop();
				kept.push({ tag });
			}
			continue;
		}
		const chosen = isChosen(variableOf(tag.name)) || current !== undefined;
		const end = ends.get(index);
		if (tag.kind === 'section' || tag.kind === 'inverted') {
			if (chosen && end !== undefined && open.length < maxSectionDepth) {
				const section: KeptTag = { tag };
				open.push({ section, end });
				kept.push(section);
			}
		} else if (chosen && (tag.name !== '.' || current)) {
			kept.push({ tag });
		}
	}
	return kept;
}

/** Ends a rendering that is too large; the message is in the problems. */
class TooLarge extends Error {}

class Rendering {
	readonly problems: TemplateProblem[] = [];
	readonly #text: string;
	readonly #tags: readonly KeptTag[];
	readonly #pieces: readonly string[];
	readonly #maxLength: number;
	readonly #reported = new Set<string>();
	#output: string[] = [];
	#length = 0;
	#steps = 0;

	constructor(text: string, tags: readonly KeptTag[], pieces: readonly string[], maxLength: number) {
		this.#text = text;
		this.#tags = tags;
		this.#pieces = pieces;
		this.#maxLength = maxLength;
	}

	run(values: unknown): string {
		try {
			this.#range(0, this.#tags.length, [values]);
		} catch (thrown) {
			if (!(thrown instanceof TooLarge)) {
				throw thrown;
			}
		}
		return this.#output.join('');
	}

	/** Writes the tags from one index to another, with the text before each and before the end. */
	#range(from: number, to: number, frames: readonly unknown[]): void {
		for (let index = from; index < to; index++) {
			const { tag, end } = this.#tags[index] ?? {};
			if (!tag) {
				break;
			}
			this.#write(this.#pieces[index] ?? '', tag);
			if (end !== undefined) {
				this.#section(index, end, tag, frames);
				index = end;
			} else if (tag.kind === 'variable') {
				this.#write(this.#variable(tag, frames), tag);
			}
		}
		this.#write(this.#pieces[to] ?? '', this.#tags[to]?.tag);
	}

	#section(start: number, end: number, tag: TemplateTag, frames: readonly unknown[]): void {
		const value = readPath(tag.name, frames);
		if (value === missing && frames.length === 1 && !tag.name.includes('.')) {
			this.#report(tag, 'missing-value', l10n.t('The variable "{0}" has no value', tag.name));
			return;
		}
		const isFalse = value === missing || !value || (Array.isArray(value) && value.length === 0);
		if (tag.kind === 'inverted') {
			if (isFalse) {
				this.#range(start + 1, end, frames);
			}
		} else if (!isFalse) {
			for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
				this.#range(start + 1, end, item === true ? frames : [...frames, item]);
			}
		}
	}

	#variable(tag: TemplateTag, frames: readonly unknown[]): string {
		const written = this.#text.slice(tag.start, tag.end);
		try {
			const value = applyFilters(readPath(tag.name, frames), tag.filters);
			if (value !== missing) {
				return textOf(value);
			}
			this.#report(tag, 'missing-value', l10n.t('The variable "{0}" has no value', tag.name));
		} catch (thrown) {
			if (!(thrown instanceof UnusableValue || thrown instanceof RangeError)) {
				throw thrown;
			}
			const reason = thrown instanceof UnusableValue ? thrown.message : l10n.t('it is nested too deeply');
			this.#report(tag, 'wrong-value', l10n.t('The value of "{0}" cannot be used here: {1}', tag.name, reason));
		}
		return written;
	}

	#write(text: string, tag: TemplateTag | undefined): void {
		this.#length += text.length;
		this.#steps++;
		const near = tag ?? this.#tags.at(-1)?.tag;
		if (this.#length > this.#maxLength) {
			const message = l10n.t(
				'With its values, the prompt is longer than {0} characters: shorten the values',
				this.#maxLength,
			);
			this.#tooLarge(near, message);
		}
		if (this.#steps > maxSteps) {
			this.#tooLarge(
				near,
				l10n.t('The sections repeat too often: more than {0} tags would be rendered', maxSteps),
			);
		}
		if (text !== '') {
			this.#output.push(text);
		}
	}

	#tooLarge(tag: TemplateTag | undefined, message: string): never {
		const { start, end } = tag ?? { start: 0, end: this.#text.length };
		this.problems.push({ code: 'too-large', message, start, end });
		throw new TooLarge();
	}

	/** A problem that repeats, as in a list, is reported once. */
	#report(tag: TemplateTag, code: TemplateProblem['code'], message: string): void {
		const key = `${code} ${tag.name}`;
		if (this.problems.length < maxProblems && !this.#reported.has(key)) {
			this.#reported.add(key);
			this.problems.push({
				code,
				message,
				start: tag.start,
				end: tag.end,
				variable: variableOf(tag.name),
			});
		}
	}
}
