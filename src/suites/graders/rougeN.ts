import * as l10n from '@vscode/l10n';
import { shorten } from '../grading/shorten.ts';
import { wrongValue } from '../grading/textValue.ts';
import { countTokens } from '../grading/tokens.ts';
import type { Grader } from './grader.ts';

const defaultThreshold = 0.75;

/** ROUGE-1 as the F-measure of Lin, "ROUGE: A Package for Automatic Evaluation of Summaries" (2004). */
export const rougeN: Grader = {
	type: 'rouge-n',
	summary: 'The answer has many words in common with a reference, in any order (ROUGE-1, F-measure).',
	value: { type: 'string', description: 'A text to compare with.' },
	threshold: 'The lowest F-measure that passes, 0 to 1; 0.75 if absent.',
	grade({ type, value, threshold = defaultThreshold }, { answer: { output } }) {
		if (typeof value !== 'string') {
			throw wrongValue(type, l10n.t('a text to compare with'));
		}
		const score = sharedTokens(output, value);
		const pass = score >= threshold;
		const values = [score.toFixed(2), threshold, shorten(value), shorten(output)] as const;
		return {
			pass,
			score,
			reason: pass
				? l10n.t('ROUGE is {0}, at least {1}: expected {2}; the answer is {3}', ...values)
				: l10n.t('ROUGE is {0}, below {1}: expected {2}; the answer is {3}', ...values),
		};
	},
};

/** F-measure: the harmonic mean of precision and recall of single words, which is 2 · shared / all. */
function sharedTokens(first: string, second: string): number {
	const a = countTokens(first);
	const b = countTokens(second);
	let shared = 0;
	for (const [token, count] of a.counts) {
		shared += Math.min(count, b.counts.get(token) ?? 0);
	}
	if (shared === 0) {
		return 0;
	}
	const precision = shared / a.total;
	const recall = shared / b.total;
	return (2 * precision * recall) / (precision + recall);
}
