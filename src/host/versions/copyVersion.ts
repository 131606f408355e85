import * as vscode from 'vscode';
import { chosenVersion } from './chosenVersion.ts';
import type { Command } from '../kit/command.ts';
import type { VersionServices } from './versionServices.ts';

/** Copies the text of a version. */
export const copyVersion: Command<VersionServices> = {
	id: 'copyVersion',
	async run(services, argument) {
		const versionId = await chosenVersion(services, argument, vscode.l10n.t('Choose a version to copy'));
		const store = await services.openStore();
		await vscode.env.clipboard.writeText(await store.read(({ versions }) => versions.get(versionId).content));
	},
};
