import * as vscode from 'vscode';
import { textColumn } from '../kit/textColumn.ts';
import { chosenVersion } from './chosenVersion.ts';
import type { Command } from '../kit/command.ts';
import type { VersionServices } from './versionServices.ts';

/** Opens a version as a read-only document. */
export const openVersion: Command<VersionServices> = {
	id: 'openVersion',
	async run(services, argument) {
		const versionId = await chosenVersion(services, argument, vscode.l10n.t('Choose a version to open'));
		const { sideOf } = await import('./side.ts');
		const { uri } = await sideOf(services, { versionId });
		await vscode.window.showTextDocument(uri, { viewColumn: textColumn() });
	},
};
