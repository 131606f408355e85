import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { Verdict } from '../../common/suiteModel.ts';
import type { CaseResult } from '../../common/suitePage.ts';
import { verdictIcons, verdictWord } from '../../common/verdictWord.ts';
import { visibleText } from '../../common/visibleText.ts';
import type { Formatter } from './format.ts';

/** The verdict that asks for attention: an error before a failure before a pass; undefined before any trial has ended. */
export function worstVerdict(results: readonly CaseResult[]): Verdict | undefined {
	const any = (field: 'passed' | 'failed' | 'errors') => results.some((result) => result[field] > 0);
	return any('errors') ? 'error' : any('failed') ? 'fail' : any('passed') ? 'pass' : undefined;
}

/** What a case without a verdict is. */
export function awaitedWord(isRunning: boolean): string {
	return isRunning ? l10n.t('waiting') : l10n.t('not run');
}

/** "passed", "3 of 5 passed", "error"; after an icon and the variant's name if there are several. */
export function caseResult(
	format: Formatter,
	result: CaseResult,
	{ isNamed, isRunning }: { isNamed: boolean; isRunning: boolean },
): TemplateResult {
	const text = resultText(format, result, isRunning);
	const verdict = worstVerdict([result]);
	return html`<span class="verdict-${verdict ?? 'none'}"
		>${
			isNamed
				? html`${
						verdict &&
						html`<span
							class="codicon codicon-${verdictIcons[verdict]} verdict-${verdict}"
							aria-hidden="true"
						></span>`
					}${visibleText(`${result.variant}: ${text}`)}`
				: text
		}</span
	>`;
}

function resultText(format: Formatter, result: CaseResult, isRunning: boolean): string {
	const { passed, failed, errors, planned } = result;
	const ended = passed + failed + errors;
	const single = worstVerdict([result]);
	if (single === undefined) {
		return awaitedWord(isRunning);
	}
	return planned === 1
		? verdictWord(single)
		: [
				l10n.t('{0} of {1} passed', format.number(passed), format.number(passed + failed)),
				...(errors > 0 ? [l10n.t('{0} errors', format.number(errors))] : []),
				...(ended < planned && isRunning ? [l10n.t('{0} waiting', format.number(planned - ended))] : []),
			].join(', ');
}
