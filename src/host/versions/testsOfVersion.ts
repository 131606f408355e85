import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { chosenVersion } from './chosenVersion.ts';
import type { Command } from '../kit/command.ts';
import type { VersionServices } from './versionServices.ts';

/** Shows the tests of a version in the history of its draft. */
export const testsOfVersion: Command<VersionServices> = {
	id: 'testsOfVersion',
	async run(services, argument) {
		const placeHolder = vscode.l10n.t('Choose a version to see its tests');
		const versionId = await chosenVersion(services, argument, placeHolder);
		const store = await services.openStore();
		const { ownerKind, ownerId, number } = await store.read(({ versions }) => versions.listed(versionId));
		if (ownerKind === 'prompt') {
			throw new AppError(
				'validation',
				vscode.l10n.t(
					'Prompts of the library have no tests of their own. Clone the prompt to a draft to test it',
				),
				{ info: { field: 'version' } },
			);
		}
		await services.panels.open(ownerId, { show: { version: number } });
	},
};
