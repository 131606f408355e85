import * as l10n from '@vscode/l10n';
import { contentLimits } from '../../contentLimits.ts';
import type { LintRule } from '../rule.ts';

const role =
	/\b(?:you(?: are|'re|’re| will| help| answer| write| work| serve| act| tell| review| explain| translate| extract| classify| plan| teach| analy[sz]e| summari[sz]e| get| receive)|act as|your (?:role|task|job|goal|purpose|mission|identity)|(?:assistant|agent|bot|claude|gpt|auspex) (?:is|helps|answers|acts)|role:|persona)\b|#\s*(?:role|identity|persona)\b|<(?:role|identity|persona)\b/;

/** "You edit reports" at the beginning says it too. */
const addressed = /(?:^|[.#\n*:] *)you [a-z]+/;

export const noRole: LintRule = {
	id: 'no-role',
	severity: 'information',
	description: 'A research prompt or assistant that does not say who the assistant is or what its task is.',
	kinds: ['research', 'assistant'],
	source: 'https://platform.claude.com/docs/en/build-with-claude/prompt-engineering/claude-prompting-best-practices',
	*check({ text, lowerProse, firstLine, isForeign }) {
		if (
			text.length >= contentLimits.commit &&
			!role.test(lowerProse) &&
			!addressed.test(lowerProse.slice(0, 300)) &&
			!isForeign
		) {
			const message = l10n.t('No role: say in one sentence who the assistant is and what it is for');
			yield { ...firstLine, message };
		}
	},
};
