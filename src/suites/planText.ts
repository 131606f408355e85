import * as l10n from '@vscode/l10n';
import { batchPlanText } from '../common/batchText.ts';
import type { SuiteRunOptions } from '../common/suiteModel.ts';
import type { PlannedRun } from './plannedRun.ts';

/** What a run will do and take, and where it ends at the latest, for the user's consent. */
export function planText(
	{
		variants,
		judgeModel,
		estimate,
		stopsEarly,
	}: Pick<PlannedRun, 'variants' | 'judgeModel' | 'estimate' | 'stopsEarly'>,
	{ maxCostUsd, maxCalls }: Pick<SuiteRunOptions, 'maxCostUsd' | 'maxCalls'>,
): string {
	const { trials, calls, inputTokens, costUsd, priceDate, batch } = estimate;
	const asked = variants.flatMap((variant) => (variant.kind === 'asked' ? [variant] : []));
	const models = [...new Set(asked.map(({ model }) => model))];
	const tools = [...new Set(asked.flatMap(({ editorTools }) => editorTools))];
	const cost =
		costUsd === undefined
			? l10n.t('The price of a model is unknown, so the cost cannot be estimated.')
			: priceDate === undefined
				? l10n.t('About ${0}.', costUsd.toFixed(2))
				: l10n.t('About ${0}, with prices of {1}.', costUsd.toFixed(2), priceDate);
	const cap =
		maxCostUsd !== undefined
			? l10n.t('The run stops when it has cost ${0}.', maxCostUsd.toFixed(2))
			: l10n.t('The run stops after {0} requests.', maxCalls ?? calls);
	const work = l10n.t(
		'{0} answers with at least {1} requests and about {2} input tokens.',
		trials.toLocaleString(),
		calls.toLocaleString(),
		inputTokens.toLocaleString(),
	);
	const early = stopsEarly
		? [l10n.t('It stops as soon as it is clear which variant is better; the rule is valid after every case.')]
		: [];
	const lines = [
		...(models.length > 0 ? [l10n.t('Models: {0}', models.join(', '))] : []),
		...(judgeModel === null ? [] : [l10n.t('Judge: {0}', judgeModel)]),
		...(tools.length > 0
			? [l10n.t('Tools of the editor, each call of which is asked about: {0}', tools.join(', '))]
			: []),
		`${work} ${cost} ${cap}`,
		...early,
	];
	if (batch && batch.trials > 0) {
		lines.push(batchPlanText(batch, (dollars) => `$${dollars.toFixed(2)}`));
	}
	return lines.join('\n');
}
