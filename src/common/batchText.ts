import * as l10n from '@vscode/l10n';
import type { BatchPlan, BatchProgress } from './suiteModel.ts';

/** What a run waits for, in a sentence; undefined if no batch is open. */
export function batchText({ state, requests, done, trouble }: BatchProgress): string | undefined {
	if (state === 'ended') {
		return undefined;
	}
	const [all, ended] = [requests.toLocaleString(), done.toLocaleString()];
	const text =
		state === 'submitting'
			? l10n.t('Submitting a batch of {0} requests', all)
			: l10n.t('Waiting for the batch: {0} of {1} done', ended, all);
	return trouble === undefined ? text : l10n.t('{0}. It is asked again soon: {1}', text, trouble);
}

/** What a run is or would be as a batch, in sentences. */
export function batchPlanText(
	{ isChosen, trials, live, hours, costUsd, liveCostUsd }: BatchPlan,
	cost: (dollars: number) => string,
): string {
	const prices =
		costUsd === undefined || liveCostUsd === undefined
			? l10n.t('up to {0} hours', hours)
			: l10n.t('about {0} instead of {1}, up to {2} hours', cost(costUsd), cost(liveCostUsd), hours);
	const how = isChosen ? l10n.t('As a batch: {0}.', prices) : l10n.t('It could run as a batch: {0}.', prices);
	return live === 0
		? how
		: `${how} ${l10n.t('{0} answers are part of it; {1} need several requests, tools, a judge or times and are asked one by one.', trials, live)}`;
}
