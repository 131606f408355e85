import * as vscode from 'vscode';
import { checkFolder, folderName, parentFolder } from '../../prompts/filing.ts';
import { askText } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { folderArgument } from './folderArgument.ts';
import type { LibraryServices } from './libraryServices.ts';
import { moveFolders } from './moveFolders.ts';

/** Renames a folder: everything in it and below it moves along. A name with `/` makes it a folder in another one. */
export const renameFolder: Command<LibraryServices> = {
	id: 'renameFolder',
	async run(services, argument, given) {
		const { folder, of } = folderArgument(argument);
		const parent = parentFolder(folder);
		// Nothing at all would be the top.
		const renamed = (name: string) => checkFolder(name.trim() === '' || parent !== '' ? `${parent}/${name}` : name);
		const name =
			typeof given === 'string'
				? given
				: await askText({ title: vscode.l10n.t('Rename Folder'), value: folderName(folder) }, renamed);
		await moveFolders(services, { folder, of }, renamed(name));
	},
};
