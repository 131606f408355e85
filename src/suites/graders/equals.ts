import { isDeepStrictEqual } from 'node:util';
import * as l10n from '@vscode/l10n';
import { shorten, shortenValue } from '../grading/shorten.ts';
import { wrongValue } from '../grading/textValue.ts';
import type { Grader } from './grader.ts';

export const equals: Grader = {
	type: 'equals',
	summary: 'The answer is exactly this text, or JSON with exactly this content.',
	value: { description: 'The expected text, number, list or object.' },
	grade({ type, value }, { answer: { output } }) {
		if (value === undefined) {
			throw wrongValue(type, l10n.t('the expected text, list or object'));
		}
		const isJson = typeof value === 'object' && value !== null;
		const text = typeof value === 'string' ? value : JSON.stringify(value);
		const pass = isJson ? isSameJson(output, value) : output === text;
		const expected = isJson ? shortenValue(value) : shorten(text);
		return pass
			? { pass, score: 1, reason: l10n.t('The answer equals {0}', expected) }
			: { pass, score: 0, reason: l10n.t('The answer does not equal {0}; it is {1}', expected, shorten(output)) };
	},
};

/** The order of keys is free; 0 and -0 are two numbers. */
function isSameJson(output: string, value: unknown): boolean {
	let parsed: unknown;
	try {
		parsed = JSON.parse(output);
	} catch {
		return false;
	}
	return isDeepStrictEqual(parsed, value);
}
