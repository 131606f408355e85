import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import { unusedVariables } from '../../variables/variableNames.ts';
import type { LintRule } from '../rule.ts';

/** A variable that is declared and stands nowhere in the prompt. */
export const unusedVariable: LintRule = {
	id: 'unused-variable',
	severity: 'information',
	description: 'A variable that the prompt declares and does not use.',
	kinds: promptKinds,
	source: 'https://mustache.github.io/mustache.5.html',
	*check({ text, fullLength, template, firstLine }, { variables = [] }) {
		if (text.length < fullLength) {
			return;
		}
		for (const { name } of unusedVariables(template, variables)) {
			yield {
				...firstLine,
				message: l10n.t(
					'The variable "{0}" is declared and not used: write {1}, or remove it',
					name,
					`{{${name}}}`,
				),
			};
		}
	},
};
