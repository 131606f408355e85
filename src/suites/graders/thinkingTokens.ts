import * as l10n from '@vscode/l10n';
import { atMost } from '../grading/atMost.ts';

export const thinkingTokens = atMost({
	type: 'thinking-tokens',
	summary: 'The model thought for at most a number of tokens.',
	threshold: 'The most thinking tokens, as the provider counts them.',
	figure: ({ usage }) => usage?.thinkingTokens,
	unknown: () =>
		l10n.t('There is no count of thinking tokens: the answer is recorded, or the provider did not send it'),
	show: (count) => l10n.t('{0} thinking tokens', count),
});
