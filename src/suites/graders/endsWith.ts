import * as l10n from '@vscode/l10n';
import { shorten, shortenAround } from '../grading/shorten.ts';
import { textSchema, textValue } from '../grading/textValue.ts';
import type { Grader } from './grader.ts';

export const endsWith: Grader = {
	type: 'ends-with',
	summary: 'The answer ends with a text.',
	value: textSchema,
	grade(assertion, { answer: { output } }) {
		const text = textValue(assertion);
		return output.endsWith(text)
			? { pass: true, score: 1, reason: l10n.t('The answer ends with {0}', shorten(text)) }
			: {
					pass: false,
					score: 0,
					reason: l10n.t(
						'The answer does not end with {0}, but with {1}',
						shorten(text),
						shortenAround(output, Math.max(0, output.length - text.length), text.length),
					),
				};
	},
};
