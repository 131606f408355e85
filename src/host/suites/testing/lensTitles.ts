import * as l10n from '@vscode/l10n';
import { verdictIcons, verdictWord } from '../../../common/verdictWord.ts';
import { visibleLine, withoutIcons } from '../../../common/visibleText.ts';
import type { ShownOutcome, SuiteTests } from './suiteTests.ts';

const maxReason = 80;

/** What stands above a draft: how many cases its suite has, and what the latest run found and cost. */
export function suiteLensTitles({ cases, outcomes, latest }: Pick<SuiteTests, 'cases' | 'outcomes' | 'latest'>): {
	run: string;
	results: string[];
} {
	const count = cases?.size ?? 0;
	const run = count === 1 ? l10n.t('Run 1 case') : l10n.t('Run {0} cases', count);
	if (latest?.rate === undefined) {
		return { run, results: [] };
	}
	const isOutdated = [...outcomes.values()].some((one) => one.runId === latest.runId && one.isOutdated);
	const rate = withoutIcons(latest.rate);
	return {
		run,
		results: [
			isOutdated ? l10n.t('{0} (outdated)', rate) : rate,
			...(latest.costUsd === null || latest.costUsd === 0 ? [] : [costText(latest.costUsd)]),
		],
	};
}

/** What the last run found about a case, with the first reason. */
export function caseLensTitle(
	outcome: Pick<ShownOutcome, 'verdict' | 'messages' | 'isOutdated' | 'passed' | 'of'>,
): string {
	const { verdict, messages, isOutdated, passed, of } = outcome;
	const [first] = messages;
	const parts = [
		`$(${verdictIcons[verdict]}) ${verdictWord(verdict)}`,
		...(of > 1 ? [l10n.t('{0} of {1}', passed, of)] : []),
		...(isOutdated ? [l10n.t('outdated')] : []),
		...(first ? [withoutIcons(visibleLine(first.text, maxReason))] : []),
	];
	return parts.join(' · ');
}

function costText(costUsd: number): string {
	return costUsd < 0.005 ? '< $0.01' : `$${costUsd.toFixed(2)}`;
}
