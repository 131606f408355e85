import * as l10n from '@vscode/l10n';
import { atMost } from '../grading/atMost.ts';

export const thinkingTokens = atMost({
	type: 'thinking-tokens',
	summary: 'The thinking has no more tokens than a limit.',
	threshold: 'The maximum of thinking tokens, as the provider counts them.',
	figure: ({ usage }) => usage?.thinkingTokens,
	unknown: () =>
		l10n.t('There is no count of thinking tokens: the answer is recorded, or the provider did not send it'),
	show: (count) => l10n.t('{0} thinking tokens', count),
});
