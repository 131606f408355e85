import * as l10n from '@vscode/l10n';
import { contentLimits } from '../../contentLimits.ts';
import type { LintRule } from '../rule.ts';

const mentions = /\bcit(?:e|es|ed|ing|ation|ations)\b|\]\(url\)|\blinks? to (?:the |its |each )?(?:article|source)/;

export const noCitationRule: LintRule = {
	id: 'no-citation-rule',
	severity: 'warning',
	description: 'A research prompt that does not say how answers cite their articles.',
	kinds: ['research'],
	source: 'https://platform.claude.com/docs/en/test-and-evaluate/strengthen-guardrails/reduce-hallucinations',
	*check({ text, firstLine }) {
		if (text.length >= contentLimits.commit && !mentions.test(text.toLowerCase())) {
			yield {
				...firstLine,
				message: l10n.t('No rule about citations: say how Auspex links its claims to articles'),
			};
		}
	},
};
