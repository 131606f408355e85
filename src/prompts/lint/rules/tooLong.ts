import * as l10n from '@vscode/l10n';
import { estimateTokens } from '../../../common/estimateTokens.ts';
import { promptKinds } from '../../../common/model.ts';
import type { LintRule } from '../rule.ts';

/** Tokens above which a prompt is long for any model. */
const softLimit = 32_000;
/** Share of a model's context. */
const longShare = 0.25;

export const tooLong: LintRule = {
	id: 'too-long',
	severity: 'information',
	description: 'A prompt that fills a large part of the context of its model, or does not fit in it.',
	kinds: promptKinds,
	source: 'https://arxiv.org/abs/2307.03172',
	*check({ text, fullLength, firstLine }, { contextTokens }) {
		// A character is at most a token.
		if (fullLength <= Math.min(softLimit, (contextTokens ?? Infinity) * longShare)) {
			return;
		}
		const tokens = Math.round((estimateTokens(text) * fullLength) / text.length);
		const shown = tokens.toLocaleString('en');
		if (contextTokens !== undefined && tokens > contextTokens) {
			const message = l10n.t(
				'The prompt has about {0} tokens and does not fit in the {1} of this model',
				shown,
				contextTokens.toLocaleString('en'),
			);
			yield { ...firstLine, message, severity: 'warning' };
		} else if (contextTokens !== undefined && tokens > contextTokens * longShare) {
			const message = l10n.t(
				'The prompt has about {0} tokens, {1} % of what this model reads: articles, tools and answers need the rest',
				shown,
				Math.round((tokens / contextTokens) * 100),
			);
			yield { ...firstLine, message };
		} else if (text.length < fullLength) {
			const message = l10n.t(
				'The prompt has about {0} tokens: only its first {1} characters are checked',
				shown,
				text.length.toLocaleString('en'),
			);
			yield { ...firstLine, message };
		} else if (contextTokens === undefined && tokens > softLimit) {
			const message = l10n.t(
				'The prompt has about {0} tokens: in a prompt this long, rules in the middle are easily missed',
				shown,
			);
			yield { ...firstLine, message };
		}
	},
};
