import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { assemblePrompt } from '../../../common/assemblePrompt.ts';
import { columnKey, type ShownSection } from '../../../common/labState.ts';
import { visibleText } from '../../../common/visibleText.ts';
import type { LabShown } from '../shown.ts';
import { errorAt } from './errorAt.ts';
import { columnView } from './columnView.ts';
import { promptField, promptSplitter } from './promptField.ts';

async function sendToDraft(page: LabShown, section: number): Promise<void> {
	await page.settleEdits();
	await page.call(`section/${section}`, 'sendToDraft', { section });
}

function assembledPrompt(page: LabShown, section: number): string {
	return assemblePrompt({
		base: page.promptText({ part: 'base' }),
		instructions: page.promptText({ part: 'instructions', section }),
		context: page.promptText({ part: 'context', section }),
	});
}

/** The texts of a section and, on demand, the prompt that they make with the base. */
export function sectionPrompts(page: LabShown, index: number, section: ShownSection): TemplateResult {
	const { intent } = page;
	const first = section.items ? l10n.t('Rubric') : l10n.t('Instructions');
	const key = `assembled/${index}`;
	const open = intent.unfolded.includes(key);
	const part = `section/${index}`;
	const fields = [key, `instructions/${index}`, `context/${index}`];
	return html`<div class="section-prompts">
			${promptField(page, { part: 'instructions', section: index }, first, section.instructions)}
			${promptField(page, { part: 'context', section: index }, l10n.t('Context'), section.context)}
			<div class="section-actions">
				<button class="text-button" aria-expanded=${open} @click=${() => page.toggle(key)}>
					${open ? l10n.t('Hide assembled prompt') : l10n.t('Show assembled prompt')}
				</button>
				<button class="text-button" @click=${() => void sendToDraft(page, index)}>
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
${visibleText(assembledPrompt(page, index))}</pre>`
					: nothing
			}
		</div>
		${fields.some((field) => intent.unfolded.includes(field)) ? promptSplitter(page, part) : nothing}
		${errorAt(page, part)}`;
}

/** A section: its part of the prompt, and its conversations as columns of one width. */
export function sectionView(page: LabShown, index: number): TemplateResult | typeof nothing {
	const section = page.state.fixture.sections[index];
	if (!section) {
		return nothing;
	}
	return html`<section class="lab-section">
		<h2>${l10n.t('Section: {0}', visibleText(section.name))}</h2>
		${sectionPrompts(page, index, section)}
		${
			section.conversations.length === 0
				? html`<p class="muted">${l10n.t('This section has no conversations.')}</p>`
				: html`<div class="columns" role="group" aria-label=${visibleText(section.name)} tabindex="0">
						${section.conversations.map((conversation, position) =>
							columnView(page, columnKey(index, position), conversation),
						)}
					</div>`
		}
	</section>`;
}
