import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { AssertionResult } from '../../common/suiteModel.ts';
import { verdictIcons, verdictWord } from '../../common/verdictWord.ts';
import { visibleText } from '../../common/visibleText.ts';
import type { Formatter } from './format.ts';

/** What the graders of an answer found, with their reasons. `answerButtons`: shown below a question to the user. */
export function assertionList(
	assertions: readonly AssertionResult[],
	format: Formatter,
	answerButtons: (index: number) => TemplateResult | typeof nothing = () => nothing,
): TemplateResult {
	return html`<ul class="assertions" aria-label=${l10n.t('Assertions')}>
		${assertions.map((result, index) => assertionView(result, format, result.open ? answerButtons(index) : nothing))}
	</ul>`;
}

function assertionView(
	result: AssertionResult,
	format: Formatter,
	below: TemplateResult | typeof nothing,
): TemplateResult {
	const { type, metric, pass, score, reason, judged, components } = result;
	const verdict = result.error || result.open ? 'error' : pass ? 'pass' : 'fail';
	const partial = score > 0 && score < 1 ? ` ${format.percent(score)}` : '';
	return html`<li>
		<span
			class="codicon codicon-${result.open ? 'question' : verdictIcons[verdict]} verdict-${verdict}"
			role="img"
			aria-label=${result.open ? l10n.t('waits for your answer') : verdictWord(verdict)}
		></span>
		<span class="assertion-text">
			<strong>${visibleText(metric === undefined ? type : `${metric} (${type})`)}</strong>${partial}
			<span class="assertion-reason">${visibleText(reason)}</span>
			${
				judged
					? html`<details>
							<summary>${l10n.t('What the judge was asked')}</summary>
							${judged.map(
								({ model, request, answer }) =>
									html`<p class="muted">${visibleText(model)}</p>
										<pre class="judged">${visibleText(request)}</pre>
										<pre class="judged">${visibleText(answer)}</pre>`,
							)}
						</details>`
					: nothing
			}
			${
				components
					? html`<ul class="assertions">
							${components.map((component) => assertionView(component, format, nothing))}
						</ul>`
					: nothing
			}
			${below}
		</span>
	</li>`;
}
