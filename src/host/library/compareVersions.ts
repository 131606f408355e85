import * as vscode from 'vscode';
import { draftUri } from '../drafts/draftUri.ts';
import { readOnlyUri } from '../kit/readOnlyDocuments.ts';
import { showDiff } from '../kit/showDiff.ts';
import type { Command } from '../kit/command.ts';
import type { LibraryServices } from './libraryServices.ts';
import { versionArgument } from './versionArguments.ts';

/** Compares a version with another one or with the current text. */
export const compareVersions: Command<LibraryServices> = {
	id: 'compareVersions',
	async run(services, argument, other) {
		const id = await versionArgument(
			services,
			argument,
			vscode.l10n.t('Choose a version to compare with the current text'),
		);
		const store = await services.openStore();
		const { left, right, title } = await store.read(({ drafts, prompts, versions }) => {
			const version = versions.get(id);
			const prompt = version.ownerKind === 'prompt' ? prompts.getById(version.ownerId) : undefined;
			const draft = prompt ? undefined : drafts.get(version.ownerId);
			const name = prompt?.title ?? draft?.draftName ?? '';
			const current = prompt
				? readOnlyUri({ kind: 'prompt', key: prompt.name, title: prompt.name })
				: draftUri(store.status.storeId, { id: version.ownerId, draftName: draft?.draftName ?? null });
			return {
				left: readOnlyUri({ kind: 'version', key: String(id), title: name }),
				right:
					typeof other === 'number'
						? readOnlyUri({ kind: 'version', key: String(other), title: name })
						: current,
				title: vscode.l10n.t(
					'{0}: version of {1} ↔ {2}',
					name,
					new Date(version.createdAt).toLocaleString(),
					typeof other === 'number' ? vscode.l10n.t('other version') : vscode.l10n.t('current text'),
				),
			};
		});
		await showDiff(left, right, title);
	},
};
