import * as l10n from '@vscode/l10n';
import { nearMiss } from './nearMiss.ts';
import { pathForm } from './nameForms.ts';
import { filterNames, variableOf, type FilterName, type TemplateFilter } from './templateTag.ts';
import type { TemplateProblem, TemplateTag } from './templateTag.ts';

/** Backslashes before a tag: each pair stands for one, and an odd one keeps the tag as text. */
export interface Backslashes {
	start: number;
	end: number;
	/** The variable of the tag that follows, if it has one. */
	variable?: string;
}

export interface ScannedTemplate {
	/** In the order of the text; sections are not paired yet. */
	tags: TemplateTag[];
	problems: TemplateProblem[];
	backslashes: Backslashes[];
	/** Handlebars blocks, such as `{{#if x}}`: refused, but their ends are expected. */
	foreignBlocks: { word: string; start: number }[];
}

const maxProblems = 1_000;
const openings = /\{{2,}|\{[%#]/g;

const argument = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|-?\d+(?:\.\d+)?`;
const filter = String.raw`[ \t]*\|[ \t]*(?:${filterNames.join('|')})(?![\w-])(?:\([ \t]*(?:${argument})?[ \t]*\))?`;
const filterParts = new RegExp(String.raw`\|[ \t]*(\w+)(?:\([ \t]*(${argument})?[ \t]*\))?`, 'gu');
const inside = String.raw`[ \t]*([#^/&]?)[ \t]*(${pathForm}|\.)((?:${filter})*)[ \t]*`;
const doubleTag = new RegExp(String.raw`\{\{${inside}\}\}`, 'uy');
const tripleTag = new RegExp(String.raw`\{\{\{${inside}\}\}\}`, 'uy');

/** Finds everything that is a tag, or is meant as one and cannot be. All other braces are text. */
export function scanTemplate(text: string): ScannedTemplate {
	const scanned: ScannedTemplate = { tags: [], problems: [], backslashes: [], foreignBlocks: [] };
	const opening = new RegExp(openings);
	const readAt = finderIn(text);
	let done = 0;
	for (let match = opening.exec(text); match; match = opening.exec(text)) {
		const runEnd = opening.lastIndex;
		const found = readAt(match.index, runEnd);
		if (!found) {
			continue;
		}
		const escaped = readBackslashes(text, found, done, scanned.backslashes);
		if (escaped) {
			opening.lastIndex = runEnd;
		} else if ('kind' in found) {
			scanned.tags.push(found);
			opening.lastIndex = found.end;
		} else {
			const { block, ...problem } = found;
			if (scanned.problems.length < maxProblems) {
				scanned.problems.push(problem);
			}
			if (block !== undefined) {
				scanned.foreignBlocks.push({ word: block, start: found.start });
			}
			opening.lastIndex = found.end;
		}
		done = opening.lastIndex;
	}
	return scanned;
}

/**
 * Where a tag, or what is meant as one, begins: in the order of the text, also inside of comments, other tags and
 * after backslashes. The time is linear in the text.
 */
export function tagStarts(text: string): number[] {
	const readAt = finderIn(text);
	return [...text.matchAll(openings)].flatMap(({ index, 0: run }) => readAt(index, index + run.length)?.start ?? []);
}

type Found = TemplateTag | (TemplateProblem & { block?: string }) | undefined;

/** Gives what a run of opening braces begins, if anything; takes the runs of a text in their order. */
function finderIn(text: string): (runStart: number, runEnd: number) => Found {
	let close = 0;
	return (runStart, runEnd) => {
		let found: Found;
		if (text.startsWith('{{!', runEnd - 2)) {
			if (close >= 0 && close < runEnd) {
				close = text.indexOf('}}', runEnd);
			}
			found = comment(runEnd - 2, close);
		} else {
			found = readTag(text, runStart, runEnd) ?? nearMiss(text, Math.max(runStart, runEnd - 2));
		}
		return found && text[found.start - 1] !== '$' ? found : undefined;
	};
}

/** Notes the backslashes before what was found. Returns whether they make it text. */
function readBackslashes(text: string, found: NonNullable<Found>, from: number, into: Backslashes[]): boolean {
	let start = found.start;
	while (start > from && text[start - 1] === '\\') {
		start--;
	}
	const count = found.start - start;
	if (count > 0) {
		const variable = 'kind' in found ? variableOf(found.name) : found.variable;
		into.push({ start, end: found.start, ...(variable !== undefined && { variable }) });
	}
	return count % 2 === 1;
}

function readTag(text: string, runStart: number, runEnd: number): TemplateTag | undefined {
	return (
		(runEnd - runStart >= 3 ? tagAt(text, runEnd - 3, tripleTag) : undefined) ?? tagAt(text, runEnd - 2, doubleTag)
	);
}

const kinds = { '#': 'section', '^': 'inverted', '/': 'end', '&': 'variable', '': 'variable' } as const;

function tagAt(text: string, start: number, form: RegExp): TemplateTag | undefined {
	form.lastIndex = start;
	const match = form.exec(text);
	const [whole, sigil = '', name = '', filters = ''] = match ?? [''];
	if (!match || (filters !== '' && sigil !== '' && sigil !== '&')) {
		return undefined;
	}
	const nameStart = start + whole.indexOf(name, whole.indexOf(sigil));
	return {
		kind: kinds[sigil as keyof typeof kinds],
		name: name.normalize('NFC'),
		nameStart,
		nameEnd: nameStart + name.length,
		filters: readFilters(filters),
		start,
		end: start + whole.length,
	};
}

function readFilters(source: string): TemplateFilter[] {
	return [...source.matchAll(filterParts)].map(([, name, quoted]) => ({
		name: name as FilterName,
		...(quoted !== undefined && { argument: unquoted(quoted) }),
	}));
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function unquoted(source: string): string {
	return /^["']/.test(source)
		? source.slice(1, -1).replace(/\\(.)/gu, (_, character: string) => escapes[character] ?? character)
		: source;
}

function comment(start: number, close: number): Found {
	return close < 0
		? {
				code: 'unclosed-tag',
				message: l10n.t('This comment is not closed: write "}}" at its end'),
				start,
				end: start + 3,
			}
		: { kind: 'comment', name: '', nameStart: start, nameEnd: start, filters: [], start, end: close + 2 };
}
