import * as vscode from 'vscode';
import { checkFolder, folderName, parentFolder } from '../../prompts/filing.ts';
import { askText } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { offerFilingUndo } from '../kit/fileDropped.ts';
import { folderArgument } from './folderArgument.ts';
import type { LibraryServices } from './libraryServices.ts';

/** Renames a folder: everything in it and below it moves along. A name with `/` moves it, from the folder that it is in. */
export const renameFolder: Command<LibraryServices> = {
	id: 'renameFolder',
	async run({ workshop }, argument, given) {
		const { folder, of } = folderArgument(argument);
		const parent = parentFolder(folder);
		const renamed = (name: string) => checkFolder(parent === '' ? name : `${parent}/${name}`);
		const name =
			typeof given === 'string'
				? given
				: await askText({ title: vscode.l10n.t('Rename Folder'), value: folderName(folder) }, renamed);
		const undo = [];
		for (const one of of) {
			undo.push(...(await workshop.moveFolder({ of: one, from: folder, to: renamed(name) })));
		}
		offerFilingUndo(workshop, undo);
	},
};
