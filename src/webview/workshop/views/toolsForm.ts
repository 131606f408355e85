import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { generalTopic } from '../../../common/model.ts';
import { topicToolNames } from '../../../common/tools.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { ToolView } from '../../../common/workshopProtocol.ts';
import type { WorkshopShown } from '../shown.ts';
import { placedError } from './placedError.ts';

/**
 * The tools that the next test offers to the model: the draft's, with the kind of result that is written for each, and those
 * of the topic. Only an agent without tools has this too, since it needs some.
 */
export function toolsForm(page: WorkshopShown, topic: string): TemplateResult | typeof nothing {
	const { tools, kind } = page.state.draft;
	const ofTopic = topic === generalTopic ? [] : topicToolNames;
	if (tools.length === 0 && ofTopic.length === 0 && kind !== 'agent') {
		return nothing;
	}
	const clashes = tools.filter(({ name }) => ofTopic.some((known) => known === name));
	return html`<div class="offered-tools">
		<div class="row">
			<details class="grow">
				<summary>${summary(tools.length, ofTopic.length)}</summary>
				<ul aria-label=${l10n.t('Tools that the model is offered')}>
					${tools.map(
						(tool) =>
							html`<li title=${visibleText(tool.description) || nothing}>
								<code>${visibleText(tool.name)}</code>
								<span class="muted">${resultWords(tool)}</span>
							</li>`,
					)}
					${ofTopic.map(
						(name) =>
							html`<li>
								<code>${name}</code>
								<span class="muted">${l10n.t('of the topic {0}', visibleText(topic))}</span>
							</li>`,
					)}
				</ul>
			</details>
			<button class="text-button" @click=${() => page.call('tools', 'action', { action: 'editTools' })}>
				${l10n.t('Edit tools…')}
			</button>
		</div>
		${clashes.map(
			({ name }) =>
				html`<p class="field-error">
					${l10n.t('{0} has the name of a tool of the topic. Rename it, or choose {1}', visibleText(name), generalTopic)}
				</p>`,
		)}
		${placedError(page, 'tools')}
	</div>`;
}

function summary(own: number, ofTopic: number): string {
	if (own === 0 && ofTopic === 0) {
		return l10n.t('No tools yet');
	}
	if (ofTopic === 0) {
		return own === 1 ? l10n.t('1 tool of the draft') : l10n.t('{0} tools of the draft', own);
	}
	if (own === 0) {
		return l10n.t('{0} tools of the topic', ofTopic);
	}
	return own === 1
		? l10n.t('1 tool of the draft and {0} of the topic', ofTopic)
		: l10n.t('{0} tools of the draft and {1} of the topic', own, ofTopic);
}

/** What calls of a tool are answered with. */
function resultWords({ results, otherwise }: ToolView): string {
	if (results === 0) {
		switch (otherwise) {
			case 'result':
				return l10n.t('one result for every call');
			case 'error':
				return l10n.t('every call fails with the same error');
			default:
				return l10n.t('no result is written, so every call fails');
		}
	}
	const byArguments = results === 1 ? l10n.t('1 result by arguments') : l10n.t('{0} results by arguments', results);
	switch (otherwise) {
		case 'result':
			return l10n.t('{0}, one for other calls', byArguments);
		case 'error':
			return l10n.t('{0}, an error for other calls', byArguments);
		default:
			return l10n.t('{0}, other calls fail', byArguments);
	}
}
