import { promptKinds } from '../../../common/model.ts';
import { keepAsText } from '../../variables/keepAsText.ts';
import type { LintRule } from '../rule.ts';

/** What is meant as a tag and cannot be rendered. A test of such a prompt is refused. */
export const templateSyntax: LintRule = {
	id: 'template-syntax',
	severity: 'error',
	description: 'Double braces that are meant as a tag and cannot be filled in.',
	kinds: promptKinds,
	source: 'https://mustache.github.io/mustache.5.html',
	*check({ text, fullLength, template }) {
		for (const { code, message, start, end } of template.problems) {
			// A section may end in the part of a long prompt that is not checked.
			if (code !== 'unclosed-section' || text.length === fullLength) {
				yield { start, end, message, fix: keepAsText(start) };
			}
		}
	},
};
