import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { LintRule } from '../rule.ts';
import { vendorOf } from '../vendorOf.ts';

const forceful =
	/\b(?:CRITICAL|IMPORTANT|EXTREMELY IMPORTANT|MANDATORY)\b[^\n.]{0,60}\bMUST\b|\b[Yy](?:ou|OU) MUST (?:ALWAYS |always )?(?:use|call|invoke|USE|CALL)\b/g;

export const claudeForcefulWording: LintRule = {
	id: 'claude-forceful-wording',
	severity: 'information',
	description: 'For Claude: "CRITICAL: you MUST use", which makes new models overdo it.',
	kinds: promptKinds,
	source: 'https://platform.claude.com/docs/en/build-with-claude/prompt-engineering/claude-prompting-best-practices',
	*check({ prose }, { model }) {
		if (vendorOf(model) !== 'anthropic') {
			return;
		}
		for (const { 0: phrase, index: start } of prose.matchAll(forceful)) {
			const message = l10n.t(
				'Claude follows system prompts closely, and wording like this makes it overdo the rule: say plainly when it applies',
			);
			yield { start, end: start + phrase.length, message };
		}
	},
};
