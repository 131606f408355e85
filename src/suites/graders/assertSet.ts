import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { combineResults } from '../grading/combineResults.ts';
import type { Grader } from './grader.ts';

export const assertSet: Grader = {
	type: 'assert-set',
	summary: 'Several assertions that count as one.',
	value: undefined,
	threshold: 'The lowest weighted mean of its assertions that passes; without it, all must pass.',
	grade({ negate, members, threshold }, { results }) {
		if (negate || !members || !results) {
			throw new AppError(
				'validation',
				negate
					? l10n.t('A set of assertions cannot be negated: negate its members')
					: l10n.t('A set needs "assert", the list of its assertions'),
			);
		}
		if (members.some(({ type }) => type === 'assert-set')) {
			throw new AppError('validation', l10n.t('A set of assertions cannot stand in another one'));
		}
		const undecided = results.find(({ error }) => error);
		if (undecided) {
			throw new AppError('validation', undecided.reason);
		}
		if (results.length === 0) {
			// It proves nothing, so it adds nothing to a mean, and only a threshold fails.
			const pass = threshold === undefined || threshold <= 0;
			return { pass, score: 0, reason: l10n.t('The set has no assertions') };
		}
		const { verdict, score, reason } = combineResults(results, threshold);
		return { pass: verdict === 'pass', score, reason, ...(verdict === 'error' ? { open: true } : {}) };
	},
};
