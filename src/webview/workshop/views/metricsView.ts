import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { TestResult } from '../../../common/model.ts';
import { articleCount } from '../../shared/articleCount.ts';
import type { WorkshopShown } from '../shown.ts';

/** The figures of a test that are known, in one line that wraps. */
export function metrics(page: WorkshopShown, result: TestResult): string[] {
	const { format } = page;
	const { usage } = result;
	const figures = [articleCount(result.articleCount, format), format.duration(result.executionTimeMs)];
	if (result.timeToFirstTokenMs !== null) {
		figures.push(l10n.t('first token {0}', format.duration(result.timeToFirstTokenMs)));
	}
	figures.push(l10n.t('{0} characters', format.number(result.responseLength)));
	if (usage?.inputTokens !== undefined && usage.outputTokens !== undefined) {
		figures.push(l10n.t('{0} → {1} tokens', format.tokens(usage.inputTokens), format.tokens(usage.outputTokens)));
	}
	if (result.costUsd !== null) {
		figures.push(format.cost(result.costUsd));
	}
	return figures;
}

export function metricsView(page: WorkshopShown, result: TestResult): TemplateResult {
	return html`<ul class="metrics">
		${metrics(page, result).map((figure) => html`<li>${figure}</li>`)}
	</ul>`;
}
