import * as vscode from 'vscode';
import { draftTitle } from '../../common/draftTitle.ts';
import type { RecordOwner } from '../../common/api.ts';
import { draftArgument } from '../drafts/draftArguments.ts';
import { promptNameOf } from '../kit/readOnlyDocuments.ts';
import type { LibraryServices } from './libraryServices.ts';
import { promptNameIn } from './promptArguments.ts';

/**
 * The drafts and prompts that a command is for: what is selected in a tree, what the argument names, or what the active
 * editor or panel shows.
 */
export async function recordOwners(
	services: LibraryServices,
	argument: unknown,
	selection: unknown,
): Promise<RecordOwner[]> {
	const given = Array.isArray(selection) && selection.length > 0 ? (selection as unknown[]) : [argument];
	return Promise.all(given.map((one) => recordOwner(services, one)));
}

async function recordOwner(services: LibraryServices, argument: unknown): Promise<RecordOwner> {
	const document = vscode.window.activeTextEditor?.document.uri;
	const shown = argument === undefined && document ? promptNameOf(document) : undefined;
	const draftOrPrompt = typeof argument === 'string' && /^[1-9]\d*$/.test(argument) ? Number(argument) : argument;
	const promptName = shown ?? promptNameIn(draftOrPrompt);
	return promptName === undefined ? { draftId: await draftArgument(services, draftOrPrompt) } : { promptName };
}

/** What people call a draft or prompt. */
export function recordTitle(record: { title: string } | { draftName: string | null; id: number }): string {
	return 'title' in record ? record.title : draftTitle(record);
}
