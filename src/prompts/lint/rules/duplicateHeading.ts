import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { LintRule } from '../rule.ts';

/** The same heading twice under one parent. */
export const duplicateHeading: LintRule = {
	id: 'duplicate-heading',
	severity: 'warning',
	description: 'The same heading twice in one section.',
	kinds: promptKinds,
	source: 'https://www.w3.org/WAI/WCAG22/Understanding/headings-and-labels.html',
	*check({ headings }) {
		const path: string[] = [];
		const seen = new Map<string, number>();
		for (const { level, title, start, end, line } of headings) {
			path.length = level;
			path[level - 1] = title.toLowerCase();
			const key = path.join('\n');
			const first = seen.get(key);
			if (first === undefined) {
				seen.set(key, line);
				continue;
			}
			const message = l10n.t(
				'The heading "{0}" is already on line {1}: two sections with the same heading may contradict each other',
				title,
				first + 1,
			);
			yield { start, end, message };
		}
	},
};
