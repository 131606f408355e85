import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { LintRule } from '../rule.ts';
import type { Statement } from '../statements.ts';
import { contentWords, wordsOf } from '../words.ts';

const lead = /^(?:[*_"'(\s]|please\b|you\b|also,?|always\b|must\b|should\b|make sure to\b)*/i;
const negation = /^(?:never|do not|don't|don’t|must not|should not|shouldn't|cannot|can't|not)\b/i;

/** "Always answer in English" in one place and "never answer in English" in another. */
export const contradictoryRules: LintRule = {
	id: 'contradictory-rules',
	severity: 'warning',
	description: 'A rule that asks for what another rule forbids.',
	kinds: promptKinds,
	source: 'https://developers.openai.com/cookbook/examples/gpt-5/gpt-5_prompting_guide',
	*check(prompt) {
		const seen = { asked: new Map<string, Statement>(), forbidden: new Map<string, Statement>() };
		for (const statement of prompt.rules) {
			if (statement.end - statement.start > 300) {
				continue;
			}
			const text = prompt.text.slice(statement.start, statement.end);
			const bare = text.slice(lead.exec(text)?.[0].length);
			const forbids = negation.exec(bare)?.[0];
			const words = contentWords(wordsOf(bare.slice(forbids?.length ?? 0)));
			if (words.length < 2 || text.endsWith('?')) {
				continue;
			}
			const key = words.join(' ');
			const [own, other] = forbids === undefined ? [seen.asked, seen.forbidden] : [seen.forbidden, seen.asked];
			const opposite = other.get(key);
			if (opposite) {
				const message = l10n.t(
					'This contradicts "{0}" on line {1}: delete one of them, or say when each is valid',
					prompt.text.slice(opposite.start, opposite.end),
					opposite.line + 1,
				);
				yield { start: statement.start, end: statement.end, message };
			} else if (!own.has(key)) {
				own.set(key, statement);
			}
		}
	},
};
