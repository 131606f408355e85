import * as vscode from 'vscode';
import { property } from '../kit/arguments.ts';
import { versionIdOf } from '../kit/readOnlyDocuments.ts';
import { ownerTitle, versionOwner, type VersionOwner } from '../library/versionArguments.ts';
import type { VersionServices } from './versionServices.ts';

/** The version that a tree item or document names. */
export function versionIdIn(argument: unknown): number | undefined {
	const id = argument instanceof vscode.Uri ? versionIdOf(argument) : property(argument, 'versionId');
	return typeof id === 'number' ? id : undefined;
}

/** The draft or prompt whose versions are meant, which may be named by one of them. */
export async function ownerArgument(services: VersionServices, argument: unknown): Promise<VersionOwner> {
	const versionId = versionIdIn(argument);
	if (versionId === undefined) {
		return versionOwner(services, argument);
	}
	const store = await services.openStore();
	return store.read((repositories) => {
		const { ownerKind, ownerId } = repositories.versions.get(versionId);
		return { ownerKind, ownerId, title: ownerTitle(repositories, ownerKind, ownerId) };
	});
}
