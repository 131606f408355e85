import * as vscode from 'vscode';
import type { DraftServices } from '../drafts/draftServices.ts';
import type { FeatureServices } from '../kit/featureServices.ts';
import { lazyCommand } from '../kit/lazyCommand.ts';
import { addPromptToLibrary } from './addPromptToLibrary.ts';
import { cloneToDraft } from './cloneToDraft.ts';
import { copyPrompt } from './copyPrompt.ts';
import { deletePrompt } from './deletePrompt.ts';
import { deleteFolder } from './deleteFolder.ts';
import { editTags } from './editTags.ts';
import { findPrompt } from './findPrompt.ts';
import { groupPrompts } from './groupPrompts.ts';
import { openPrompt } from './openPrompt.ts';
import { renameFolder } from './renameFolder.ts';
import { renamePrompt } from './renamePrompt.ts';
import { setDefaultPrompt } from './setDefaultPrompt.ts';
import { toggleFavourite } from './toggleFavourite.ts';
import { addLibraryDocuments } from './libraryDocuments.ts';
import type { LibraryServices } from './libraryServices.ts';
import { LibraryTree } from './libraryTree.ts';

/** The prompt library: its tree, its documents, and the commands between drafts and prompts. */
export function registerLibrary(services: FeatureServices & DraftServices): LibraryServices {
	const { extension, own, commands, readOnly, openStore, onDidOpenStore, onStoreFailed } = services;
	const libraryTree = own(
		new LibraryTree(
			{ ...services, memory: extension.workspaceState, onFailed: onStoreFailed },
			vscode.window.createTreeView,
		),
	);
	onDidOpenStore((store) => {
		store.onDidChange((change) => libraryTree.follow(change));
	});
	addLibraryDocuments(readOnly, openStore);
	const slice: LibraryServices = { ...services, libraryTree };
	commands.add(slice, [
		cloneToDraft,
		lazyCommand('commitDraft', async () => (await import('./commitDraft.ts')).commitDraft),
		addPromptToLibrary,
		openPrompt,
		deletePrompt,
		setDefaultPrompt,
		renamePrompt,
		editTags,
		toggleFavourite,
		groupPrompts,
		findPrompt,
		renameFolder,
		deleteFolder,
		copyPrompt,
	]);
	return slice;
}
