import * as l10n from '@vscode/l10n';
import { wrongValue } from '../grading/textValue.ts';
import type { Grader } from './grader.ts';

/** The answer to the question comes later, by `answerHuman`; until then the verdict of the trial is `error`. */
export const human: Grader = {
	type: 'human',
	summary: 'You rate the answer yourself.',
	value: {
		type: 'string',
		minLength: 1,
		description: 'The question that you answer; whether the answer is good if absent.',
	},
	valueOptional: true,
	grade({ type, value }) {
		if (value !== undefined && (typeof value !== 'string' || value.trim() === '')) {
			throw wrongValue(type, l10n.t('the question that you answer'));
		}
		const question = value ?? l10n.t('Is this a good answer?');
		return { pass: false, score: 0, reason: l10n.t('Waits for your rating: {0}', question), open: true };
	},
};
