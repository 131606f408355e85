import { unsupportedTypes } from './promptfooTypes.ts';

/** An assertion as a cell of `__expected` names it. */
export interface CellAssertion {
	type: string;
	value?: string | string[];
	threshold?: number;
}

/** The list in a cell cannot be split: text follows a closing quote, or a quote is not closed. */
export interface CellFault {
	fault: 'quotes';
}

/** Types whose threshold a cell sets; promptfoo drops the number of all others. */
const thresholdTypes = new Set([
	'answer-relevance',
	'classifier',
	'context-faithfulness',
	'context-recall',
	'context-relevance',
	'cost',
	'latency',
	'levenshtein',
	'perplexity',
	'perplexity-score',
	'rouge-n',
	'similar',
	'starts-with',
]);

const listTypes = new Set(['contains-all', 'contains-any', 'icontains-all', 'icontains-any']);

/** promptfoo takes these for plain text. */
const plainTypes = new Set(['assert-set', 'human', 'max-score', 'select-best']);

const call = /^(not-)?([a-z][a-z0-9-]*(?::[a-z0-9-]+)?)(?:\((\d+(?:\.\d+)?)\))?(?::([^]*))?$/;

/**
 * Reads a cell as promptfoo does: `[not-]type(threshold):value`, and text that is nothing of it is the expected answer.
 * A type that only this product has needs its colon, so that an answer such as "searched" stays text.
 */
export function readExpectedCell(text: string, knownTypes: ReadonlySet<string>): CellAssertion | CellFault {
	const cell = text.trim();
	const code =
		/^(?:javascript|fn|eval):([^]*)$/.exec(cell)?.[1] ??
		/^file:\/\/.*\.(?:[cm]?js|[cm]?ts)(?::.*)?$/.exec(cell)?.[0];
	if (code !== undefined) {
		return { type: 'javascript', value: code.trim() };
	}
	const python = /^file:\/\/(.*\.py(?::.*)?)$/.exec(cell)?.[1] ?? /^python:([^]*)$/.exec(cell)?.[1];
	if (python !== undefined) {
		return { type: 'python', value: python.trim() };
	}
	const rubric = /^(?:grade|llm-rubric):([^]*)$/.exec(cell)?.[1];
	if (rubric !== undefined) {
		return { type: 'llm-rubric', value: cell.startsWith('grade:') ? rubric : rubric.trim() };
	}
	const parts = partsOf(cell, knownTypes);
	if (!parts) {
		return { type: 'equals', value: cell };
	}
	const { negation, type, number, rest } = parts;
	const named = negation + type;
	if (listTypes.has(type)) {
		if (rest === undefined || rest.trim() === '') {
			return { type: named, ...(rest !== undefined && { value: '' }) };
		}
		const items = splitList(rest);
		return items ? { type: named, value: items } : { fault: 'quotes' };
	}
	const threshold = thresholdTypes.has(type) ? (number ?? (type === 'similar' ? 0.8 : 0.75)) : undefined;
	return {
		type: named,
		...(rest !== undefined && { value: rest.trim() }),
		...(threshold !== undefined && { threshold }),
	};
}

interface CellParts {
	negation: string;
	type: string;
	number?: number;
	rest?: string;
}

/** The parts of a cell that names a type; undefined for text. */
function partsOf(cell: string, knownTypes: ReadonlySet<string>): CellParts | undefined {
	const [, negation = '', named = '', number, rest] = call.exec(cell) ?? [];
	// `similar:cosine: x` is the type `similar` with the value "cosine: x"; `trajectory:tool-used` is one type.
	const isWhole = isKnown(named, knownTypes) && !named.startsWith('similar:');
	const type = isWhole ? named : (named.split(':')[0] ?? '');
	if (type === '' || plainTypes.has(type) || !isKnown(type, knownTypes)) {
		return undefined;
	}
	if (type === named) {
		const isOurs = !promptfooTypes.has(type);
		return isOurs && rest === undefined
			? undefined
			: {
					negation,
					type,
					...(number !== undefined && { number: Number(number) }),
					...(rest !== undefined && { rest }),
				};
	}
	return { negation, type, rest: cell.slice(negation.length + type.length + 1) };
}

function isKnown(type: string, knownTypes: ReadonlySet<string>): boolean {
	return knownTypes.has(type) || promptfooTypes.has(type);
}

/** All types of promptfoo that a cell can name. */
const promptfooTypes: ReadonlySet<string> = new Set([
	'contains',
	'contains-all',
	'contains-any',
	'contains-json',
	'contains-xml',
	'cost',
	'equals',
	'factuality',
	'finish-reason',
	'icontains',
	'icontains-all',
	'icontains-any',
	'is-json',
	'is-refusal',
	'is-xml',
	'javascript',
	'latency',
	'levenshtein',
	'llm-rubric',
	'model-graded-factuality',
	'regex',
	'rouge-n',
	'starts-with',
	'word-count',
	...unsupportedTypes,
]);

/**
 * The items of a list: separated by commas, trimmed, empty ones dropped. Double quotes protect commas and stand for
 * themselves when doubled. Undefined if the quotes are wrong.
 */
function splitList(text: string): string[] | undefined {
	const items: string[] = [];
	const item = /\s*(?:"((?:[^"\\]|\\.|"")*)"\s*(?=,|$)|(?!\s*")([^,]*))(?:,|$)/gsy;
	while (item.lastIndex < text.length) {
		const found = item.exec(text);
		if (!found) {
			return undefined;
		}
		const [, quoted, plain = ''] = found;
		const value = quoted?.replaceAll('""', '"').replaceAll('\\"', '"') ?? plain.trim();
		if (value !== '') {
			items.push(value);
		}
	}
	return items;
}
