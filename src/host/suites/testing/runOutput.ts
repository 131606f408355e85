import * as l10n from '@vscode/l10n';
import { cutText } from '../../../common/cutText.ts';
import { runStatusWord } from '../../../common/runStatus.ts';
import type { AssertionResult, RunPlan, SuiteRun, Trial } from '../../../common/suiteModel.ts';
import { visibleText } from '../../../common/visibleText.ts';

const maxReason = 500;

/**
 * Lines as VS Code's terminal shows them. It obeys control characters, so that a model's words could move the cursor or make
 * links: they are shown instead.
 */
export function terminalLines(text: string): string {
	const lines = text.replace(/\r\n?/g, '\n').split('\n');
	return lines.map((line) => `${visibleText(line)}\r\n`).join('');
}

export function planLine(suite: string, { trials, calls, costUsd }: Omit<RunPlan, 'runId'>): string {
	const answers = trials === 1 ? l10n.t('1 answer') : l10n.t('{0} answers', trials);
	return costUsd === undefined
		? l10n.t('{0}: {1}, at least {2}', suite, answers, requests(calls))
		: l10n.t('{0}: {1}, at least {2}, about ${3}', suite, answers, requests(calls), costUsd.toFixed(2));
}

/** One answer, with the reasons of a verdict other than pass. */
export function trialLine(
	trial: Pick<Trial, 'case' | 'variant' | 'repeat' | 'verdict' | 'latencyMs' | 'assertions' | 'error'>,
): string {
	const { verdict, variant, repeat, latencyMs, assertions, error } = trial;
	const sign = { pass: '✓', fail: '✗', error: '!' }[verdict];
	const time = latencyMs === null ? '' : `, ${l10n.t('{0} s', (latencyMs / 1000).toFixed(1))}`;
	const answer = repeat > 1 ? `, ${l10n.t('answer {0}', repeat)}` : '';
	const reasons = verdict === 'pass' ? [] : error ? [error.message] : lostReasons(assertions);
	const head = `${sign} ${trial.case.name} (${variant}${answer}${time})`;
	return [head, ...reasons.map((reason) => `    ${cutText(reason, maxReason)}`)].join('\n');
}

function lostReasons(assertions: readonly AssertionResult[]): string[] {
	return assertions.filter(({ pass, error }) => !pass || error).map(({ reason }) => reason);
}

export function endLine({ status, reason, costUsd, calls }: SuiteRun, rate: string | undefined): string {
	const parts = [
		runStatusWord(status),
		...(rate === undefined ? [] : [rate]),
		requests(calls),
		...(costUsd === null ? [] : [`$${costUsd.toFixed(3)}`]),
		...(reason === undefined ? [] : [reason]),
	];
	return parts.join(' · ');
}

function requests(calls: number): string {
	return calls === 1 ? l10n.t('1 request') : l10n.t('{0} requests', calls);
}
