import { parentFolder } from '../../prompts/filing.ts';
import type { Command } from '../kit/command.ts';
import { folderArgument } from './folderArgument.ts';
import type { LibraryServices } from './libraryServices.ts';
import { moveFolders } from './moveFolders.ts';

/** Removes a folder; what is in it moves to the folder above. */
export const deleteFolder: Command<LibraryServices> = {
	id: 'deleteFolder',
	async run(services, argument) {
		const given = folderArgument(argument);
		await moveFolders(services, given, parentFolder(given.folder));
	},
};
