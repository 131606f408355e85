import * as vscode from 'vscode';
import { property } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { versionIdOf } from '../kit/readOnlyDocuments.ts';
import { versionOwner } from '../library/versionArguments.ts';
import type { VersionServices } from './versionServices.ts';
import type { VersionsOf } from './versionsTree.ts';

/**
 * Shows the versions of a draft or prompt in their view and returns the newest one. For a version, selects and returns
 * that one.
 */
export const showVersions: Command<VersionServices> = {
	id: 'showVersions',
	async run(services, argument) {
		const named = argument instanceof vscode.Uri ? versionIdOf(argument) : property(argument, 'versionId');
		const versionId = typeof named === 'number' ? named : undefined;
		const store = await services.openStore();
		const { ownerKind, ownerId } =
			versionId === undefined
				? await versionOwner(services, argument)
				: await store.read(({ versions }) => versions.get(versionId));
		const of: VersionsOf =
			ownerKind === 'draft'
				? { draftId: ownerId }
				: { promptName: await store.read(({ prompts }) => prompts.getById(ownerId).name) };
		return services.versionsTree.show(of, versionId);
	},
};
