import * as vscode from 'vscode';
import { versionIdOf } from '../kit/readOnlyDocuments.ts';
import { versionArgument } from '../library/versionArguments.ts';
import type { VersionServices } from './versionServices.ts';

/**
 * The version that an id, a tree item or a document names. Without an argument, the one that the active editor shows, or
 * the user's choice among those of the Versions view or of the active draft.
 */
export async function chosenVersion(
	services: VersionServices,
	argument: unknown,
	placeHolder: string,
): Promise<number> {
	if (typeof argument === 'number') {
		return argument;
	}
	const active = vscode.window.activeTextEditor?.document.uri;
	const shown = argument === undefined && active ? versionIdOf(active) : undefined;
	return shown ?? (await versionArgument(services, argument ?? services.versionsTree.shown, placeHolder));
}
