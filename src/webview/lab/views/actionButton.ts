import { html, type TemplateResult } from 'lit';

/**
 * A button with an icon before its label. The icon is the page's own element: `icon` of the button would fetch a style
 * sheet for each icon and draw it after the label, which would move.
 */
export function actionButton(options: {
	icon: string;
	label: string;
	click: () => void;
	disabled?: boolean;
	secondary?: boolean;
}): TemplateResult {
	const { icon, label, click, disabled = false, secondary = false } = options;
	return html`<button class=${secondary ? 'button secondary' : 'button'} ?disabled=${disabled} @click=${click}>
		<span class="codicon codicon-${icon}" aria-hidden="true"></span>${label}
	</button>`;
}
