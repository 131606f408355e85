import * as vscode from 'vscode';
import type { LiveRuns } from '../../workshop/liveRuns.ts';
import type { FeatureServices } from '../kit/featureServices.ts';
import { lazyCommand } from '../kit/lazyCommand.ts';
import { deleteDraft } from './deleteDraft.ts';
import { editDescription } from './editDescription.ts';
import { editVariables } from './editVariables.ts';
import { filterDrafts } from './filterDrafts.ts';
import { groupDrafts } from './groupDrafts.ts';
import { newDraft } from './newDraft.ts';
import { openDraft } from './openDraft.ts';
import { previewRendered } from './previewRendered.ts';
import { registerRenderedPreview } from './renderedPreview.ts';
import { renameDraft } from './renameDraft.ts';
import { resetDraft } from './resetDraft.ts';
import { setStatus } from './setStatus.ts';
import { DraftEditor } from './draftEditor.ts';
import type { DraftServices } from './draftServices.ts';
import { DraftsTree } from './draftsTree.ts';
import { addLintPages } from './lintPages.ts';
import type { SaveReasons } from './saveReasons.ts';
import { turnOffLintRule } from './turnOffLintRule.ts';

/** Registers drafts: their documents, tree and commands. */
export function registerDrafts(
	services: FeatureServices & Omit<DraftServices, 'draftsTree'> & { runs: LiveRuns; saveReasons: SaveReasons },
): DraftServices {
	const { extension, log, own, commands, openStore, onDidOpenStore, onStoreFailed } = services;
	const editor = own(new DraftEditor({ ...services, onFailed: (error) => log.error(String(error)) }));
	own(registerRenderedPreview(services.readOnly, openStore));
	const draftsTree = own(
		new DraftsTree(
			{ ...services, memory: extension.workspaceState, onFailed: onStoreFailed },
			vscode.window.createTreeView,
		),
	);
	onDidOpenStore((store) => {
		editor.follow(store);
		store.onDidChange((change) => draftsTree.follow(change));
	});
	addLintPages(services.readOnly, extension.extensionUri);
	const { workshop, panels } = services;
	const slice: DraftServices = { openStore, workshop, panels, draftsTree };
	commands.add(slice, [
		newDraft,
		openDraft,
		renameDraft,
		editDescription,
		setStatus,
		deleteDraft,
		resetDraft,
		editVariables,
		lazyCommand('editTools', async () => (await import('./editTools.ts')).editTools),
		previewRendered,
		groupDrafts,
		filterDrafts,
		turnOffLintRule,
	]);
	return slice;
}
