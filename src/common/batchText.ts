import * as l10n from '@vscode/l10n';
import type { BatchProgress } from './suiteModel.ts';

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
