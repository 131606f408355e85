import * as l10n from '@vscode/l10n';
import { hiddenCharacters, visibleText } from '../../common/visibleText.ts';
import { highlight } from './highlight.ts';

export type CodeAction = 'use' | 'compare' | 'copy';

/** Fired on a code block; bubbles. */
export type CodeActionEvent = CustomEvent<{ action: CodeAction; text: string }>;

/** Lines of code per element: only the last piece of a growing block is laid out again. */
const linesPerPiece = 60;

function button(label: string, action: () => void): HTMLButtonElement {
	const element = document.createElement('button');
	element.type = 'button';
	element.className = 'code-button';
	element.textContent = label;
	element.addEventListener('click', action);
	return element;
}

/** A code block with its buttons. `append` adds to a block that is still streaming; `finish` highlights it. */
export interface CodeBlock {
	readonly element: HTMLElement;
	append(text: string): void;
	finish(text: string): void;
}

export function createCodeBlock(text: string, language: string, actions: readonly CodeAction[]): CodeBlock {
	let source = text;
	let rest = '';
	let lines = 0;

	const element = document.createElement('div');
	element.className = 'code-block';
	const bar = document.createElement('div');
	bar.className = 'code-bar';
	const label = document.createElement('span');
	label.className = 'code-language';
	label.textContent = visibleText(language) || l10n.t('code');
	bar.append(label);
	const labels: Record<CodeAction, string> = {
		use: l10n.t('Use as draft'),
		compare: l10n.t('Compare with draft'),
		copy: l10n.t('Copy'),
	};
	for (const action of actions) {
		const control = button(labels[action], () => {
			const detail = { action, text: source };
			element.dispatchEvent(new CustomEvent('code-action', { bubbles: true, detail }));
			if (action === 'copy') {
				control.textContent = l10n.t('Copied');
				setTimeout(() => (control.textContent = l10n.t('Copy')), 1500);
			}
		});
		bar.append(control);
	}
	const pre = document.createElement('pre');
	pre.tabIndex = 0;
	pre.setAttribute('role', 'group');
	pre.setAttribute('aria-label', language || l10n.t('code'));
	const code = document.createElement('code');
	pre.append(code);
	element.append(bar, pre);
	let piece: Text | undefined;

	function show(added: string): void {
		// A line break is held back until the next line begins, so that no piece ends in an empty line. The first half of a
		// surrogate pair is held back until the second half arrives.
		const text = rest + added;
		rest = /[\n\ud800-\udbff]$/.exec(text)?.[0] ?? '';
		const parts = visibleText(text.slice(0, text.length - rest.length)).split('\n');
		parts.forEach((line, index) => {
			const breaks = index > 0;
			if (breaks) {
				lines++;
			}
			if (!piece || (breaks && lines % linesPerPiece === 0)) {
				const holder = document.createElement('span');
				holder.className = 'code-piece';
				piece = holder.appendChild(document.createTextNode(''));
				code.append(holder);
				piece.appendData(line);
			} else {
				piece.appendData(breaks ? `\n${line}` : line);
			}
		});
	}
	show(text);

	return {
		element,
		append(added) {
			source += added;
			show(added);
		},
		finish(completeText) {
			const coloured = highlight(visibleText(completeText), language);
			if (coloured) {
				code.replaceChildren(coloured);
			} else if (completeText !== source || hiddenCharacters(completeText).length > 0) {
				// Whether a joiner is part of a word can only be seen in the complete text.
				code.replaceChildren();
				piece = undefined;
				rest = '';
				show(completeText);
			}
			source = completeText;
		},
	};
}
