import { html, type TemplateResult } from 'lit';
import { endWord } from '../../common/endWord.ts';
import { endIcons } from '../../common/endIcons.ts';
import type { TurnEnd } from '../../common/turnEnd.ts';

/** How a turn ended, as an icon in its own colour and a word. */
export function endMark(end: TurnEnd): TemplateResult {
	return html`<span class="end-mark"
		><span class="codicon codicon-${endIcons[end]} status-${end}" aria-hidden="true"></span>
		<strong>${endWord(end)}</strong></span
	>`;
}
