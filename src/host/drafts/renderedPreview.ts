import * as vscode from 'vscode';
import { Emitter, DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import { readPromptMetadata } from '../../prompts/promptMetadata.ts';
import type { RenderedPrompt } from '../../prompts/variables/renderPrompt.ts';
import type { Store } from '../../storage/contract.ts';
import type { ReadOnlyDocuments } from '../kit/readOnlyDocuments.ts';
import { currentText } from './draftUri.ts';
import { watchDrafts } from './watchDrafts.ts';

const typingPause = 200;
const maxProblems = 50;

/** Shows drafts with their variables filled in, as read-only documents that follow typing and the test form's values. */
export function registerRenderedPreview(
	documents: Pick<ReadOnlyDocuments, 'add' | 'follow'>,
	openStore: () => Promise<Store>,
): Disposable {
	const disposables = new DisposableStore();
	const typed = disposables.add(new Emitter<{ drafts: number[] }>());
	disposables.add(watchDrafts(typingPause, (_document, draftId) => typed.fire({ drafts: [draftId] })));
	documents.follow(typed.event);
	documents.add({
		rendered: async (id) => {
			const { renderPrompt } = await import('../../prompts/variables/renderPrompt.ts');
			const draftId = Number(id);
			const draft = await (await openStore()).read(({ drafts }) => drafts.get(draftId));
			const { variables, testForm } = readPromptMetadata(draft.metadata);
			const text = currentText(draft);
			const values = ofDeclared(
				testForm.vars,
				variables.map(({ name }) => name),
			);
			return {
				text: previewText(text, renderPrompt(text, variables, values)),
				origin: { drafts: [draftId] },
			};
		},
	});
	return disposables;
}

function ofDeclared(values: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
	const declared = new Set(names);
	return Object.fromEntries(Object.entries(values).filter(([name]) => declared.has(name)));
}

/** The rendered text, or its problems by line above what can be rendered. */
function previewText(text: string, rendered: RenderedPrompt): string {
	if (!('problems' in rendered)) {
		return rendered.text;
	}
	const { problems, preview } = rendered;
	const head =
		problems.length === 1
			? vscode.l10n.t('This prompt cannot be sent yet. It has a problem:')
			: vscode.l10n.t('This prompt cannot be sent yet. It has {0} problems:', problems.length);
	const list = problems.slice(0, maxProblems).map(({ start, message }) => {
		const line = text.slice(0, start).split('\n').length;
		return `- ${vscode.l10n.t('Line {0}: {1}', line, message)}`;
	});
	const rest = problems.length - list.length;
	const more = rest > 0 ? [`- ${vscode.l10n.t('{0} more', rest)}`] : [];
	return [head, '', ...list, ...more, '', '---', '', preview].join('\n');
}
