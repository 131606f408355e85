import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { LintRule } from '../rule.ts';

/** `{{` and `}}` without a match on the same line. */
export const unbalancedBraces: LintRule = {
	id: 'unbalanced-braces',
	severity: 'warning',
	description: '`{{` without `}}` on the same line, or the reverse.',
	kinds: promptKinds,
	source: 'https://mustache.github.io/mustache.5.html',
	*check({ text, lines }) {
		if (!text.includes('{{') && !text.includes('}}')) {
			return;
		}
		for (const { start, end } of lines) {
			const open: number[] = [];
			const unpaired: { at: number; mark: string }[] = [];
			for (const { 0: mark, index } of text.slice(start, end).matchAll(/\{\{|\}\}/g)) {
				if (mark === '{{') {
					open.push(index);
				} else if (open.pop() === undefined) {
					unpaired.push({ at: index, mark });
				}
			}
			for (const { at, mark } of [...unpaired, ...open.map((at) => ({ at, mark: '{{' }))]) {
				const message =
					mark === '{{'
						? l10n.t('This "{{" is not closed by "}}" on its line')
						: l10n.t('This "}}" has no "{{" before it on its line');
				yield { start: start + at, end: start + at + mark.length, message };
			}
		}
	},
};
