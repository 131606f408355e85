import * as vscode from 'vscode';
import { showReadOnly } from '../kit/readOnlyDocuments.ts';
import type { Command } from '../kit/command.ts';
import { pickVersion, versionOwner } from '../library/versionArguments.ts';
import type { VersionServices } from './versionServices.ts';

/** Lists the versions of a draft or prompt and opens the chosen one. */
export const showVersions: Command<VersionServices> = {
	id: 'showVersions',
	async run(services, argument) {
		const owner = await versionOwner(services, argument);
		const version = await pickVersion(services, owner, vscode.l10n.t('Versions of {0}, newest first', owner.title));
		await showReadOnly({ kind: 'version', key: String(version.id), title: owner.title });
		return version;
	},
};
