import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { FilingChange } from '../../workshop/fileRecords.ts';
import { offerFilingUndo } from '../kit/fileDropped.ts';
import type { LibraryServices } from './libraryServices.ts';

/** Moves what is in a folder and below it, and offers to undo it. */
export async function moveFolders(
	{ workshop }: Pick<LibraryServices, 'workshop'>,
	{ folder, of }: { folder: string; of: readonly ('drafts' | 'prompts')[] },
	to: string,
): Promise<void> {
	const undo: FilingChange[] = [];
	for (const one of of) {
		undo.push(...(await workshop.moveFolder({ of: one, from: folder, to })));
	}
	if (undo.length === 0) {
		throw new AppError('not-found', vscode.l10n.t('There is no folder "{0}"', folder), {
			info: { field: 'folder' },
		});
	}
	offerFilingUndo(workshop, undo);
}
