import * as vscode from 'vscode';
import type { Command } from '../kit/command.ts';
import { showStatus } from '../kit/notify.ts';
import { chosenVersion } from './chosenVersion.ts';
import type { VersionServices } from './versionServices.ts';

const shownFor = 5000;

/** Makes a version's text, kind and variables the current ones, as a new version. */
export const restoreVersion: Command<VersionServices> = {
	id: 'restoreVersion',
	async run(services, argument) {
		const versionId = await chosenVersion(services, argument, vscode.l10n.t('Choose a version to restore'));
		const restored = await services.workshop.restore(versionId);
		const store = await services.openStore();
		const { number } = await store.read(({ versions }) => versions.listed(versionId));
		showStatus(vscode.l10n.t('Version {0} is the current text again', number), shownFor);
		return restored;
	},
};
