import * as vscode from 'vscode';
import type { Command } from '../kit/command.ts';
import { versionArgument } from '../library/versionArguments.ts';
import type { VersionServices } from './versionServices.ts';

export const restoreVersion: Command<VersionServices> = {
	id: 'restoreVersion',
	async run(services, argument) {
		const id =
			typeof argument === 'number'
				? argument
				: await versionArgument(services, argument, vscode.l10n.t('Choose a version to restore'));
		return services.workshop.restore(id);
	},
};
