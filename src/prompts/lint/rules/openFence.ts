import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { LintRule } from '../rule.ts';

export const openFence: LintRule = {
	id: 'open-fence',
	severity: 'warning',
	description: 'A code block that is not closed.',
	kinds: promptKinds,
	source: 'https://spec.commonmark.org/0.31.2/#fenced-code-blocks',
	*check({ fences, lines }) {
		for (const { start, firstLine, closed } of fences) {
			if (!closed) {
				const message = l10n.t('This code block is not closed: everything after it is part of it');
				yield { start, end: lines[firstLine]?.end ?? start, message };
			}
		}
	},
};
