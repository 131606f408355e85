import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { LintRule } from '../rule.ts';

const vague =
	/\b(?:(?<!(?:many|much|long|often|far|short) )as (?:needed|necessary)|as appropriate|(?:when|where|if) appropriate|be (?:insightful|creative|smart|helpful|thorough)|high[- ]quality|best possible|not too (?:long|short|many|much|detailed)|reasonable (?:length|amount|number)|and so on)\b/g;

export const vagueWording: LintRule = {
	id: 'vague-wording',
	severity: 'information',
	description: 'Words that every model understands differently: "as needed", "be insightful".',
	kinds: promptKinds,
	source: 'https://help.openai.com/en/articles/6654000-best-practices-for-prompt-engineering-with-the-openai-api',
	*check({ lowerProse, text }) {
		for (const { 0: phrase, index: start } of lowerProse.matchAll(vague)) {
			const end = start + phrase.length;
			const message = l10n.t(
				'"{0}" can mean anything: give a number, a condition or an example',
				text.slice(start, end),
			);
			yield { start, end, message };
		}
	},
};
