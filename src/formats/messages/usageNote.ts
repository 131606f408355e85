import * as l10n from '@vscode/l10n';
import type { Findings } from '../reading/findings.ts';

/** Names, once for a file, that records say how many tokens were used: nothing here has a place for it. */
export function usageNote(isThere: boolean, findings: Findings): void {
	if (isThere) {
		findings.dropped('usage', l10n.t('How many tokens were used, and how long it took, is not taken over'));
	}
}
