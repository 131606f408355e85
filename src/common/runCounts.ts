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

/** Whether a run can go on where it ended. */
export function isResumable({ status, done, trials }: Pick<SuiteRun, 'status' | 'done' | 'trials'>): boolean {
	return status !== 'running' && done < trials;
}

/** "10 of 12 passed, 1 error"; an error is neither a pass nor a failure, so it is not among the twelve. */
export function runCounts({ variants }: Pick<SuiteRun, 'variants'>, number: (value: number) => string): string {
	const sum = (field: 'passed' | 'failed' | 'errors') =>
		variants.reduce((total, variant) => total + variant[field], 0);
	const [passed, errors] = [sum('passed'), sum('errors')];
	const counts = l10n.t('{0} of {1} passed', number(passed), number(passed + sum('failed')));
	return errors === 0
		? counts
		: `${counts}, ${errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', number(errors))}`;
}
