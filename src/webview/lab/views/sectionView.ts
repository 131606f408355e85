import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { assemblePrompt } from '../../../common/assemblePrompt.ts';
import { columnKey, type ShownSection } from '../../../common/labState.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { LabApp } from '../app.ts';
import { errorAt } from './appView.ts';
import { columnView } from './columnView.ts';
import { promptField, promptSplitter } from './promptField.ts';

async function sendToDraft(app: LabApp, section: number): Promise<void> {
	await app.settleEdits();
	await app.call(`section/${section}`, 'sendToDraft', { section });
}

function assembledPrompt(app: LabApp, section: number): string {
	return assemblePrompt({
		base: app.promptText({ part: 'base' }),
		instructions: app.promptText({ part: 'instructions', section }),
		context: app.promptText({ part: 'context', section }),
	});
}

/** The texts of a section and, on demand, the prompt that they make with the base. */
export function sectionPrompts(app: LabApp, index: number, section: ShownSection): TemplateResult {
	const { intent } = app;
	const first = section.items ? l10n.t('Rubric') : l10n.t('Instructions');
	const key = `assembled/${index}`;
	const open = intent.unfolded.includes(key);
	const part = `section/${index}`;
	const fields = [key, `instructions/${index}`, `context/${index}`];
	return html`<div class="section-prompts">
			${promptField(app, { part: 'instructions', section: index }, first, section.instructions)}
			${promptField(app, { part: 'context', section: index }, l10n.t('Context'), section.context)}
			<div class="section-actions">
				<button class="text-button" aria-expanded=${open} @click=${() => app.toggle(key)}>
					${open ? l10n.t('Hide assembled prompt') : l10n.t('Show assembled prompt')}
				</button>
				<button class="text-button" @click=${() => void sendToDraft(app, index)}>
					${l10n.t('Send to Draft')}
				</button>
			</div>
			${
				open
					? html`<pre
							class="assembled"
							tabindex="0"
							role="region"
							aria-label=${l10n.t('Assembled prompt: base, instructions, context')}
						>
${visibleText(assembledPrompt(app, index))}</pre>`
					: nothing
			}
		</div>
		${fields.some((field) => intent.unfolded.includes(field)) ? promptSplitter(app, part) : nothing}
		${errorAt(app, part)}`;
}

/** A section: its part of the prompt, and its conversations as columns of one width. */
export function sectionView(app: LabApp, index: number): TemplateResult | typeof nothing {
	const section = app.state.fixture.sections[index];
	if (!section) {
		return nothing;
	}
	return html`<section class="lab-section">
		<h2>${l10n.t('Section: {0}', visibleText(section.name))}</h2>
		${sectionPrompts(app, index, section)}
		${
			section.conversations.length === 0
				? html`<p class="muted">${l10n.t('This section has no conversations.')}</p>`
				: html`<div class="columns" role="group" aria-label=${visibleText(section.name)} tabindex="0">
						${section.conversations.map((conversation, position) =>
							columnView(app, columnKey(index, position), conversation),
						)}
					</div>`
		}
	</section>`;
}
