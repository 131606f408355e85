import * as vscode from 'vscode';
import type { RunPlan, SuiteRunOptions } from '../../common/suiteModel.ts';

/** What a run will take and where it ends at the latest, for the user's consent. */
export function planText(
	{ trials, calls, costUsd, priceDate }: Omit<RunPlan, 'runId'>,
	{ maxCostUsd, maxCalls }: Pick<SuiteRunOptions, 'maxCostUsd' | 'maxCalls'>,
): string {
	const work = vscode.l10n.t('{0} answers with at least {1} requests.', trials, calls);
	const cost =
		costUsd === undefined
			? vscode.l10n.t('The price of a model is unknown, so the cost cannot be estimated.')
			: priceDate === undefined
				? vscode.l10n.t('About ${0}.', costUsd.toFixed(2))
				: vscode.l10n.t('About ${0}, with prices of {1}.', costUsd.toFixed(2), priceDate);
	const cap =
		maxCostUsd !== undefined
			? vscode.l10n.t('The run stops when it has cost ${0}.', maxCostUsd.toFixed(2))
			: vscode.l10n.t('The run stops after {0} requests.', maxCalls ?? calls);
	return `${work} ${cost} ${cap}`;
}
