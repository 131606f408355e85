import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import { keepAsText } from '../../variables/keepAsText.ts';
import { variableOf } from '../../variables/templateTag.ts';
import { undeclaredTags } from '../../variables/variableNames.ts';
import type { LintRule } from '../rule.ts';

/** A tag whose variable the prompt does not declare. A test of such a prompt is refused. */
export const undeclaredVariable: LintRule = {
	id: 'undeclared-variable',
	severity: 'error',
	description: 'A variable in double braces that the prompt does not declare.',
	kinds: promptKinds,
	source: 'https://mustache.github.io/mustache.5.html',
	*check({ template }, { variables }) {
		for (const { name, start, end } of variables ? undeclaredTags(template, variables) : []) {
			const message = l10n.t(
				'The variable "{0}" is not declared: declare it, or keep it as text with a backslash',
				variableOf(name),
			);
			yield { start, end, message, fix: keepAsText(start) };
		}
	},
};
