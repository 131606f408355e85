import * as l10n from '@vscode/l10n';
import type { Grader } from '../graders/grader.ts';
import { listValue } from './listValue.ts';
import { shorten, shortenAround, shortenValue } from './shorten.ts';
import { textSchema, textValue } from './textValue.ts';

interface Options {
	type: string;
	summary: string;
	ignoreCase: boolean;
}

const listSchema = {
	description: 'A list of texts, or texts with commas between them.',
	anyOf: [
		{ type: 'array', items: { type: ['string', 'number', 'boolean', 'null'] } },
		{ type: 'string', minLength: 1 },
	],
};

/** Looks for one text. Compares UTF-16 code units; upper and lower case by the default rules of Unicode. */
export function containsGrader({ type, summary, ignoreCase }: Options): Grader {
	return {
		type,
		summary,
		value: textSchema,
		grade(assertion, { answer: { output } }) {
			const text = textValue(assertion);
			const at = ignoreCase ? output.toLowerCase().indexOf(text.toLowerCase()) : output.indexOf(text);
			return at >= 0
				? {
						pass: true,
						score: 1,
						reason: l10n.t(
							'The answer contains {0}: {1}',
							shorten(text),
							shortenAround(output, at, text.length),
						),
					}
				: {
						pass: false,
						score: 0,
						reason: l10n.t('The answer does not contain {0}; it is {1}', shorten(text), shorten(output)),
					};
		},
	};
}

/** Looks for several texts, of which one is enough (`any`) or each must be there (`all`). */
export function containsListGrader({ type, summary, ignoreCase, need }: Options & { need: 'any' | 'all' }): Grader {
	return {
		type,
		summary,
		value: listSchema,
		grade(assertion, { answer: { output } }) {
			const texts = listValue(assertion);
			const searched = ignoreCase ? output.toLowerCase() : output;
			const isFound = (text: string) => searched.includes(ignoreCase ? text.toLowerCase() : text);
			if (need === 'any') {
				const found = texts.find(isFound);
				return found === undefined
					? {
							pass: false,
							score: 0,
							reason: l10n.t(
								'The answer contains none of {0}; it is {1}',
								shortenValue(texts),
								shorten(output),
							),
						}
					: { pass: true, score: 1, reason: l10n.t('The answer contains {0}', shorten(found)) };
			}
			const missing = texts.filter((text) => !isFound(text));
			return missing.length === 0
				? { pass: true, score: 1, reason: l10n.t('The answer contains all of {0}', shortenValue(texts)) }
				: {
						pass: false,
						score: 0,
						reason: l10n.t(
							'Of {0}, the answer does not contain {1}; it is {2}',
							shortenValue(texts),
							shortenValue(missing),
							shorten(output),
						),
					};
		},
	};
}
