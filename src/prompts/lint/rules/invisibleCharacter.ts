import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import { codePointName, findHiddenCharacters } from '../../../common/visibleText.ts';
import type { LintRule } from '../rule.ts';

/** Characters that a model sees and a reader does not. A byte order mark at the very start is normal. */
export const invisibleCharacter: LintRule = {
	id: 'invisible-character',
	severity: 'warning',
	description: 'Characters that a model reads and a person does not see, or that change the direction of the text.',
	kinds: promptKinds,
	source: 'https://www.unicode.org/reports/tr36/',
	*check({ text }) {
		for (const { character, index } of findHiddenCharacters(text)) {
			if (character === '\ufeff' && index === 0) {
				continue;
			}
			const changesDirection = /[\u202a-\u202e\u2066-\u2069]/.test(character);
			const name = codePointName(character);
			const message = changesDirection
				? l10n.t('A character that changes the direction of the text ({0}): remove it unless you need it', name)
				: /\p{Surrogate}/u.test(character)
					? l10n.t('Half a character ({0}): remove it unless you need it', name)
					: l10n.t('An invisible character ({0}): remove it unless you need it', name);
			const [start, end] = [index, index + character.length];
			yield {
				start,
				end,
				message,
				...(changesDirection && { severity: 'error' as const }),
				fix: { title: l10n.t('Remove {0}', name), edits: [{ start, end, text: '' }] },
			};
		}
	},
};
