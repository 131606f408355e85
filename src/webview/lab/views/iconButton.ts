import { html, type TemplateResult } from 'lit';

export function iconButton(icon: string, label: string, disabled: boolean, action: () => void): TemplateResult {
	return html`<button class="icon-button" title=${label} aria-label=${label} ?disabled=${disabled} @click=${action}>
		<span class="codicon codicon-${icon}" aria-hidden="true"></span>
	</button>`;
}
