import * as vscode from 'vscode';
import type { Command } from '../kit/command.ts';
import type { LibraryServices } from './libraryServices.ts';
import { versionArgument } from './versionArguments.ts';

export const restoreVersion: Command<LibraryServices> = {
	id: 'restoreVersion',
	async run(services, argument) {
		const id =
			typeof argument === 'number'
				? argument
				: await versionArgument(services, argument, vscode.l10n.t('Choose a version to restore'));
		return services.workshop.restore(id);
	},
};
