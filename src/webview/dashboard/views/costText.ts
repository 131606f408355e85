import * as l10n from '@vscode/l10n';
import type { Formatter } from '../../shared/format.ts';

/** A sum of US dollars; of one that leaves out unknown prices it says so. */
export function costText(
	{ costUsd, isCostPartial }: { costUsd: number; isCostPartial: boolean },
	format: Formatter,
): string {
	return isCostPartial
		? costUsd === 0
			? l10n.t('unknown')
			: l10n.t('{0} and unknown prices', format.cost(costUsd))
		: costUsd === 0
			? ''
			: format.cost(costUsd);
}
