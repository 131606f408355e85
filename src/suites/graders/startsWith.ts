import * as l10n from '@vscode/l10n';
import { shorten } from '../grading/shorten.ts';
import { textSchema, textValue } from '../grading/textValue.ts';
import type { Grader } from './grader.ts';

export const startsWith: Grader = {
	type: 'starts-with',
	summary: 'The answer starts with a text.',
	value: textSchema,
	grade(assertion, { answer: { output } }) {
		const text = textValue(assertion);
		return output.startsWith(text)
			? { pass: true, score: 1, reason: l10n.t('The answer starts with {0}', shorten(text)) }
			: {
					pass: false,
					score: 0,
					reason: l10n.t('The answer does not start with {0}, but with {1}', shorten(text), shorten(output)),
				};
	},
};
