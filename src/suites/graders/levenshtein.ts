import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { editDistance } from '../grading/editDistance.ts';
import { shorten } from '../grading/shorten.ts';
import { wrongValue } from '../grading/textValue.ts';
import type { Grade, Grader } from './grader.ts';

const defaultThreshold = 5;

export const levenshtein: Grader = {
	type: 'levenshtein',
	summary: 'Few characters have to be inserted, deleted or replaced to make the answer equal to a text.',
	value: { type: 'string', description: 'A text to compare with.' },
	threshold: 'The largest number of changes that passes; 5 if absent.',
	grade({ type, value, threshold = defaultThreshold }, { answer: { output }, signal }) {
		if (typeof value !== 'string') {
			throw wrongValue(type, l10n.t('a text to compare with'));
		}
		const describe = (distance: number | undefined): Grade => {
			const compared = [shorten(value), shorten(output)] as const;
			return distance === undefined
				? {
						pass: false,
						score: 0,
						reason: l10n.t(
							'The edit distance from {1} to the answer {2} is more than {0}',
							threshold,
							...compared,
						),
					}
				: {
						pass: true,
						score: 1,
						reason: l10n.t(
							'The edit distance from {1} to the answer {2} is {0}; the limit is {3}',
							distance,
							...compared,
							threshold,
						),
					};
		};
		const distance = editDistance(output, value, Math.floor(threshold), signal);
		if (distance === 'too-long') {
			throw new AppError(
				'validation',
				l10n.t(
					'The answer ({0} characters) and the expected text ({1}) are too long to compare with a threshold of {2}: lower it, or use rouge-n',
					output.length,
					value.length,
					threshold,
				),
			);
		}
		return distance instanceof Promise ? distance.then(describe) : describe(distance);
	},
};
