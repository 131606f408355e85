import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { LabShown } from '../shown.ts';
import { clampFirst, windowSize, type ListWindow } from '../listWindow.ts';

export function iconButton(icon: string, label: string, disabled: boolean, action: () => void): TemplateResult {
	return html`<button class="icon-button" title=${label} aria-label=${label} ?disabled=${disabled} @click=${action}>
		<span class="codicon codicon-${icon}" aria-hidden="true"></span>
	</button>`;
}

/** Which part of a long list is shown, and ways to the others. `text` says which. */
export function windowBar(
	page: LabShown,
	{ from, to }: ListWindow,
	options: { text: (from: string, to: string) => string; count: number; go: (first: number) => void },
): TemplateResult {
	const { format } = page;
	const { text, count } = options;
	const go = (first: number) => () => options.go(clampFirst(count, first));
	return html`<div class="window-bar">
		${iconButton('chevron-left', l10n.t('Show earlier'), from === 0, go(from - windowSize))}
		<span>${text(format.number(from + 1), format.number(to))}</span>
		${iconButton('chevron-right', l10n.t('Show later'), to === count, go(to))}
		<span class="spacer"></span>
		${iconButton('fold-up', l10n.t('Show first'), from === 0, go(0))}
		${iconButton('fold-down', l10n.t('Show last'), to === count, go(count))}
	</div>`;
}
