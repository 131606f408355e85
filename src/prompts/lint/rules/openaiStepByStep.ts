import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import type { LintRule } from '../rule.ts';
import { vendorOf } from '../vendorOf.ts';

const asks =
	/\b(?:think|reason)(?: about (?:it|this))?,? step[- ]by[- ]step\b|\bexplain your reasoning\b|\bchain[- ]of[- ]thought\b|\bshow your reasoning\b/g;
const reasons = /(?:^|[^a-z0-9])(?:o[1-9](?:-|$)|gpt-(?:[5-9]|\d\d))/;

export const openaiStepByStep: LintRule = {
	id: 'openai-step-by-step',
	severity: 'information',
	description: 'For reasoning models of OpenAI: "think step by step", which they do anyway.',
	kinds: promptKinds,
	source: 'https://developers.openai.com/api/docs/guides/reasoning-best-practices',
	*check({ lowerProse }, { model = '' }) {
		if (vendorOf(model) !== 'openai' || !reasons.test(model.toLowerCase()) || model.includes('chat')) {
			return;
		}
		for (const { 0: phrase, index: start } of lowerProse.matchAll(asks)) {
			const message = l10n.t(
				'This model reasons before it answers: asking for it is unnecessary and can do harm',
			);
			yield { start, end: start + phrase.length, message };
		}
	},
};
