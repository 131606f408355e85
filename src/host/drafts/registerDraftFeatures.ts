import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import type { DraftFeatureParts } from './draftFeatures.ts';
import { draftIdOf } from './draftUri.ts';

/** What drafts offer around their text. It is loaded when the first draft opens. */
export function registerDraftFeatures(parts: DraftFeatureParts): Disposable {
	const disposables = new DisposableStore();
	let isLoading = false;
	const load = async () => {
		const { draftFeatures } = await import('./draftFeatures.ts');
		draftFeatures(parts).forEach((feature) => disposables.add(feature));
	};
	const loadFor = ({ uri }: vscode.TextDocument) => {
		if (!isLoading && draftIdOf(uri) !== undefined) {
			isLoading = true;
			void load().catch(parts.onFailed);
		}
	};
	disposables.add(vscode.workspace.onDidOpenTextDocument(loadFor));
	vscode.workspace.textDocuments.forEach(loadFor);
	return disposables;
}
