import { parentFolder } from '../../prompts/filing.ts';
import type { Command } from '../kit/command.ts';
import { offerFilingUndo } from '../kit/fileDropped.ts';
import { folderArgument } from './folderArgument.ts';
import type { LibraryServices } from './libraryServices.ts';

/** Removes a folder; what is in it moves to the folder above. */
export const deleteFolder: Command<LibraryServices> = {
	id: 'deleteFolder',
	async run({ workshop }, argument) {
		const { folder, of } = folderArgument(argument);
		const undo = [];
		for (const one of of) {
			undo.push(...(await workshop.moveFolder({ of: one, from: folder, to: parentFolder(folder) })));
		}
		offerFilingUndo(workshop, undo);
	},
};
