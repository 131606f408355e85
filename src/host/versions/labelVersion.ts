import * as vscode from 'vscode';
import { checkVersionLabel } from '../../workshop/rules.ts';
import { askText } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { chosenVersion } from './chosenVersion.ts';
import type { VersionServices } from './versionServices.ts';

/** Labels a version. An empty label removes it. */
export const labelVersion: Command<VersionServices> = {
	id: 'labelVersion',
	async run(services, argument, given) {
		const versionId = await chosenVersion(services, argument, vscode.l10n.t('Choose a version to label'));
		const label = typeof given === 'string' ? given : await askLabel(services, versionId);
		return services.workshop.labelVersion(versionId, label);
	},
};

async function askLabel({ openStore }: VersionServices, versionId: number): Promise<string> {
	const { takenLabel } = await import('../../workshop/versions.ts');
	const store = await openStore();
	const { number, label, all } = await store.read(({ versions }) => {
		const version = versions.listed(versionId);
		return { ...version, all: versions.list(version.ownerKind, version.ownerId) };
	});
	const check = (text: string) => {
		const wanted = text.trim();
		if (wanted === '') {
			return;
		}
		checkVersionLabel(wanted);
		const taken = all.findIndex((one) => one.id !== versionId && one.label?.toLowerCase() === wanted.toLowerCase());
		if (taken !== -1) {
			throw takenLabel(all[taken]?.label ?? wanted, all.length - taken);
		}
	};
	return askText(
		{
			title: vscode.l10n.t('Label Version {0}', number),
			prompt: vscode.l10n.t('A short name for this version. Leave it empty to remove the label'),
			value: label ?? '',
		},
		check,
	);
}
