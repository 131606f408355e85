import * as l10n from '@vscode/l10n';
import { wrongValue } from '../grading/textValue.ts';
import type { Grader, RenderedAssertion } from './grader.ts';

const limit = { type: 'number' };

export const wordCount: Grader = {
	type: 'word-count',
	summary: 'The answer has this number of words, or between `min` and `max`. Words are separated by white space.',
	value: {
		description: 'A number, or an object with `min`, `max` or both.',
		anyOf: [
			{ type: ['number', 'string'] },
			{ type: 'object', properties: { min: limit, max: limit }, minProperties: 1, additionalProperties: false },
		],
	},
	grade(assertion, { answer: { output } }) {
		const { min, max } = limits(assertion);
		const count = countWords(output);
		const pass = count >= min && count <= max;
		return { pass, score: pass ? 1 : 0, reason: describe(count, min, max) };
	},
};

function describe(count: number, min: number, max: number): string {
	if (min === max) {
		return l10n.t('The answer has {0} words; expected {1}', count, min);
	}
	if (max === Infinity) {
		return l10n.t('The answer has {0} words; expected at least {1}', count, min);
	}
	return min === -Infinity
		? l10n.t('The answer has {0} words; expected at most {1}', count, max)
		: l10n.t('The answer has {0} words; expected {1} to {2}', count, min, max);
}

function limits({ type, value }: RenderedAssertion): { min: number; max: number } {
	if (typeof value === 'object' && value !== null && ('min' in value || 'max' in value)) {
		const min = limitOf('min' in value ? value.min : undefined, -Infinity);
		const max = limitOf('max' in value ? value.max : undefined, Infinity);
		if (min !== undefined && max !== undefined && min <= max && (min > -Infinity || max < Infinity)) {
			return { min, max };
		}
	} else if (typeof value === 'number' || typeof value === 'string') {
		const count = Number(value);
		if (!Number.isNaN(count)) {
			return { min: count, max: count };
		}
	}
	throw wrongValue(type, l10n.t('a number, or an object with "min", "max" or both, of which "min" is not greater'));
}

function limitOf(value: unknown, absent: number): number | undefined {
	return value === undefined || value === null ? absent : typeof value === 'number' ? value : undefined;
}

/** Loops instead of splitting, so that nothing is built for a long answer. */
function countWords(text: string): number {
	let count = 0;
	for (const word = /\S+/g; word.test(text);) {
		count++;
	}
	return count;
}
