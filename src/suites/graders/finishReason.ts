import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { StopReason } from '../../common/turn.ts';
import { wrongValue } from '../grading/textValue.ts';
import type { Grader } from './grader.ts';

/** The words of providers, and promptfoo's, for our own. */
const synonyms: Record<string, StopReason> = {
	end_turn: 'stop',
	stop_sequence: 'stop',
	max_tokens: 'length',
	tool_calls: 'tools',
	tool_use: 'tools',
	content_filter: 'refusal',
};

export const finishReason: Grader = {
	type: 'finish-reason',
	summary: 'The answer ended for this reason: `stop`, `length`, `tools` or `refusal`.',
	value: {
		description: '`stop`, `length`, `tools` or `refusal`, or the word of a provider for it.',
		anyOf: [{ enum: ['stop', 'length', 'tools', 'refusal', ...Object.keys(synonyms)] }, { type: 'string' }],
	},
	grade({ type, value }, { answer: { stopReason } }) {
		if (typeof value !== 'string') {
			throw wrongValue(type, l10n.t('"stop", "length", "tools" or "refusal"'));
		}
		if (stopReason === undefined || stopReason === 'unknown') {
			const reason = l10n.t('It is not known why the answer ended: it is recorded, or the provider did not say');
			throw new AppError('validation', reason);
		}
		const wanted = value.toLowerCase();
		const pass = (synonyms[wanted] ?? wanted) === stopReason;
		return {
			pass,
			score: pass ? 1 : 0,
			reason: l10n.t('The answer ended with "{0}"; expected "{1}"', stopReason, value),
		};
	},
};
