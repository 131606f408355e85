import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import type { Store } from '../../storage/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import { draftIdOf } from './draftUri.ts';

/** What drafts offer around their variables. It is loaded when the first draft opens. */
export function registerVariables(
	openStore: () => Promise<Store>,
	workshop: Pick<Workshop, 'renameVariable'>,
	onFailed: (error: unknown) => void,
): Disposable {
	const disposables = new DisposableStore();
	let isLoading = false;
	const load = async () => {
		const { variableFeatures } = await import('./variableFeatures.ts');
		variableFeatures(openStore, workshop, onFailed).forEach((feature) => disposables.add(feature));
	};
	const loadFor = ({ uri }: vscode.TextDocument) => {
		if (!isLoading && draftIdOf(uri) !== undefined) {
			isLoading = true;
			void load().catch(onFailed);
		}
	};
	disposables.add(vscode.workspace.onDidOpenTextDocument(loadFor));
	vscode.workspace.textDocuments.forEach(loadFor);
	return disposables;
}
