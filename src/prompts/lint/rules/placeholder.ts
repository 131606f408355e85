import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { LintRule } from '../rule.ts';

/** Brackets of a form, and words that stand before a colon or alone on their line; elsewhere they are often only named. */
const forms =
	/\b(?:TODO|TBD|FIXME|XXX)(?=:)|(?<=^[ \t]{0,9}(?:[-*][ \t]|\w{1,20}:[ \t])?)(?:TODO|TBD|FIXME|XXX)(?=[.!]?$)|\[(?:insert|your|add|fill in|describe)\b[^\]\n]{0,80}\](?!\()|<(?:insert|your)\b[^>\n]{0,80}>/gim;

export const placeholder: LintRule = {
	id: 'placeholder',
	severity: 'warning',
	description: 'A place that still needs to be filled in: `TODO`, `[insert company]`.',
	kinds: promptKinds,
	source: 'https://platform.claude.com/docs/en/build-with-claude/prompt-engineering/prompt-templates-and-variables',
	*check({ prose }) {
		for (const { 0: word, index } of prose.matchAll(forms)) {
			if (!/^[a-z]+$/.test(word)) {
				const message = l10n.t('"{0}" looks like a placeholder that still needs to be filled in', word);
				yield { start: index, end: index + word.length, message };
			}
		}
	},
};
