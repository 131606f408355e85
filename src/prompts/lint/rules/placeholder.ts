import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { LintRule } from '../rule.ts';

const forms =
	/\b(?:TODO|TBD|FIXME|XXX)\b|\[(?:insert|your|add|fill in|describe)\b[^\]\n]{0,80}\](?!\()|<(?:insert|your)\b[^>\n]{0,80}>/gi;

export const placeholder: LintRule = {
	id: 'placeholder',
	severity: 'warning',
	description: 'A place that still needs to be filled in: `TODO`, `[insert company]`.',
	kinds: promptKinds,
	source: 'https://platform.claude.com/docs/en/build-with-claude/prompt-engineering/prompt-templates-and-variables',
	*check({ text }) {
		for (const { 0: word, index } of text.matchAll(forms)) {
			if (!/^[a-z]+$/.test(word)) {
				const message = l10n.t('"{0}" looks like a placeholder that still needs to be filled in', word);
				yield { start: index, end: index + word.length, message };
			}
		}
	},
};
