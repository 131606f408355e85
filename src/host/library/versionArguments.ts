import * as vscode from 'vscode';
import { draftTitle } from '../../common/draftTitle.ts';
import { AppError } from '../../common/errors.ts';
import type { PromptVersion } from '../../common/model.ts';
import { versionReasonLabel } from '../../common/versionReasonLabel.ts';
import type { Repositories } from '../../storage/contract.ts';
import type { LibraryServices } from './libraryServices.ts';
import { showPick } from '../kit/pick.ts';
import { versionIdOf } from '../kit/readOnlyDocuments.ts';
import { chosen, optionsArgument } from '../kit/arguments.ts';
import { draftArgument } from '../drafts/draftArguments.ts';
import { promptNameIn } from './promptArguments.ts';

export interface VersionOwner {
	ownerKind: 'draft' | 'prompt';
	ownerId: number;
	title: string;
}

/** The draft or prompt whose versions are meant. */
export async function versionOwner(services: LibraryServices, argument: unknown): Promise<VersionOwner> {
	const store = await services.openStore();
	const promptName = promptNameIn(argument);
	if (promptName !== undefined) {
		const { id, title } = await store.read(({ prompts }) => prompts.get(promptName));
		return { ownerKind: 'prompt', ownerId: id, title };
	}
	const ownerId = await draftArgument(services, argument);
	const draft = await store.read(({ drafts }) => drafts.get(ownerId));
	return { ownerKind: 'draft', ownerId, title: draftTitle(draft) };
}

/** What people call the draft or prompt that has a version. */
export function ownerTitle(
	{ drafts, prompts }: Repositories,
	ownerKind: VersionOwner['ownerKind'],
	ownerId: number,
): string {
	return ownerKind === 'draft' ? draftTitle(drafts.get(ownerId)) : prompts.getById(ownerId).title;
}

/** A version's id from a tree item, a document or the user's choice among an owner's versions. */
export async function versionArgument(
	services: LibraryServices,
	argument: unknown,
	placeHolder: string,
): Promise<number> {
	const given = argument instanceof vscode.Uri ? versionIdOf(argument) : optionsArgument(argument)['versionId'];
	return typeof given === 'number'
		? given
		: (await pickVersion(services, await versionOwner(services, argument), placeHolder)).id;
}

export async function pickVersion(
	services: LibraryServices,
	{ ownerKind, ownerId }: VersionOwner,
	placeHolder: string,
): Promise<PromptVersion> {
	const store = await services.openStore();
	const versions = await store.read((repositories) => repositories.versions.list(ownerKind, ownerId));
	if (versions.length === 0) {
		throw new AppError('not-found', vscode.l10n.t('There are no versions yet. Save the draft to create one'));
	}
	const items = versions.map((version, index) => ({
		label: `v${versions.length - index}`,
		description: `${versionReasonLabel(version.reason)} · ${new Date(version.createdAt).toLocaleString()}`,
		...(version.label !== null && { detail: version.label }),
		version,
	}));
	return chosen(await showPick(items, { placeHolder, matchOnDescription: true })).version;
}
