import * as l10n from '@vscode/l10n';
import { shorten } from '../grading/shorten.ts';
import { wrongValue } from '../grading/textValue.ts';
import type { Grader } from './grader.ts';

export const regex: Grader = {
	type: 'regex',
	summary: 'A JavaScript regular expression without flags matches somewhere in the answer; (?i:…) ignores case.',
	value: { type: 'string', minLength: 1, description: 'A JavaScript regular expression without slashes and flags.' },
	async grade({ type, value }, { answer: { output }, sandbox, signal }) {
		if (typeof value !== 'string' || value === '') {
			throw wrongValue(type, l10n.t('a regular expression'));
		}
		const pass = await sandbox.matches(value, '', output, signal);
		return pass
			? { pass, score: 1, reason: l10n.t('The answer matches {0}', shorten(value)) }
			: {
					pass,
					score: 0,
					reason: l10n.t('The answer does not match {0}; it is {1}', shorten(value), shorten(output)),
				};
	},
};
