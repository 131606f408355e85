import * as l10n from '@vscode/l10n';
import type { RunStatus, SuiteRun } from './suiteModel.ts';

/** The state of a run in a word or two. */
export function runStatusWord(status: RunStatus): string {
	switch (status) {
		case 'running':
			return l10n.t('running');
		case 'complete':
			return l10n.t('complete');
		case 'stopped':
			return l10n.t('stopped');
		case 'capped':
			return l10n.t('limit reached');
		case 'failed':
			return l10n.t('failed');
		case 'interrupted':
			return l10n.t('interrupted');
	}
}

/**
 * Whether a run can go on where it ended: with what was not asked, and with what ended in an error, as in an expired batch.
 * One that another tool made cannot.
 */
export function isResumable({
	status,
	done,
	trials,
	variants,
	isImported = false,
}: Pick<SuiteRun, 'status' | 'done' | 'trials' | 'variants' | 'isImported'>): boolean {
	return status !== 'running' && !isImported && (done < trials || variants.some(({ errors }) => errors > 0));
}
