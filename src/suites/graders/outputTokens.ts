import * as l10n from '@vscode/l10n';
import { atMost } from '../grading/atMost.ts';

export const outputTokens = atMost({
	type: 'output-tokens',
	summary: 'The answer, with its thinking, has no more tokens than a limit.',
	threshold: 'The maximum of output tokens, as the provider counts them.',
	figure: ({ usage }) => usage?.outputTokens,
	unknown: () =>
		l10n.t('There is no count of output tokens: the answer is recorded, or the provider did not send it'),
	show: (count) => l10n.t('{0} output tokens', count),
});
