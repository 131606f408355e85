import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import { contentLimits } from '../../contentLimits.ts';
import type { LintRule } from '../rule.ts';

export const tooShort: LintRule = {
	id: 'too-short',
	severity: 'information',
	description: 'A prompt that is too short to be tested or committed.',
	kinds: promptKinds,
	source: 'https://platform.claude.com/docs/en/build-with-claude/prompt-engineering/be-clear-and-direct',
	*check({ text, fullLength: length }) {
		if (length >= contentLimits.commit) {
			return;
		}
		const place = { start: 0, end: length };
		if (length >= contentLimits.test) {
			const message = l10n.t(
				'The prompt has {0} characters: it needs {1} to be committed',
				length,
				contentLimits.commit,
			);
			yield { ...place, message };
			return;
		}
		const message = l10n.t(
			'The prompt has {0} characters: it needs {1} to be tested and {2} to be committed',
			length,
			contentLimits.test,
			contentLimits.commit,
		);
		yield { ...place, message, severity: text.trim() === '' ? 'information' : 'warning' };
	},
};
