import * as l10n from '@vscode/l10n';
import { atMost } from '../grading/atMost.ts';

export const cost = atMost({
	type: 'cost',
	summary: 'The answer cost no more than a limit.',
	threshold: 'The maximum in US dollars.',
	figure: ({ costUsd }) => costUsd,
	unknown: () => l10n.t('There is no cost: the answer is recorded, or the price of the model is not known'),
	show: (usd) => `$${Number(usd.toPrecision(4))}`,
});
