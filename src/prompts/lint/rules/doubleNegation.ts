import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { LintRule } from '../rule.ts';

const atLeast = /^no (?:fewer|less) than$/;
const forms =
	/\bno (?:fewer|less) than\b|\b(?:never|do not|don't|don’t|must not|should not|cannot) (?:ever )?(?:fail to|forget to|neglect to|refrain from|avoid|omit|not)\b|\bnot un(?:like|common|usual|reasonable|important|necessary|clear|true|known)\w*\b/g;

export const doubleNegation: LintRule = {
	id: 'double-negation',
	severity: 'information',
	description: 'A rule with two negations: "do not fail to", "no fewer than".',
	kinds: promptKinds,
	source: 'https://www.plainlanguage.gov/media/FederalPLGuidelines.pdf',
	*check({ lowerProse }) {
		for (const { 0: phrase, index: start } of lowerProse.matchAll(forms)) {
			const end = start + phrase.length;
			const message = l10n.t('Two negations: say what to do instead of what not to leave out');
			const fix = {
				title: l10n.t('Replace by "at least"'),
				edits: [{ start, end, text: 'at least' }],
			};
			yield { start, end, message, ...(atLeast.test(phrase) && { fix }) };
		}
	},
};
